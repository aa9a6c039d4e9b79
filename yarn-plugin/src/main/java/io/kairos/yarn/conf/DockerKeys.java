/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keys of the NodeManager for containers that run in Docker. Networks, capabilities, the default image and default mounts are
 * YARN's own keys, {@code yarn.nodemanager.runtime.linux.docker.*}.
 */
public final class DockerKeys {
    private static final String PREFIX = "yarn.nodemanager.kairos.docker.";
    private static final String PATHS = "whole paths of folders or files separated by commas, or nothing for none";
    private static final Pattern WHOLE_PATHS = listOf("/[^,]*");

    public static final Key<String> HOST = Key.matching(
            Pattern.compile("unix:///\\S+"),
            PREFIX + "host",
            "unix:///var/run/docker.sock",
            "unix:///path",
            "Socket of the Docker engine.");

    public static final Key<String> ALLOWED_IMAGES = Key.matching(
            listOf("[^,\\s]+"),
            PREFIX + "allowed-images",
            "*",
            "names separated by commas, * for any part of one",
            "Images that may be run. Images are never pulled: the host must have them.");

    public static final Key<String> ALLOWED_READ_ONLY_MOUNTS = Key.matching(
            WHOLE_PATHS,
            PREFIX + "allowed-ro-mounts",
            "",
            PATHS,
            "What of the host may be mounted read-only, each with all that is below it.");

    public static final Key<String> ALLOWED_READ_WRITE_MOUNTS = Key.matching(
            WHOLE_PATHS,
            PREFIX + "allowed-rw-mounts",
            "",
            PATHS,
            "What of the host may be mounted to be written, each with all that is below it.");

    public static final Key<String> RUN_AS_USER = Key.choice(
            PREFIX + "run-as-user",
            "nodemanager",
            List.of("nodemanager", "submitter"),
            "As whom containers run: nodemanager (the NodeManager's own user), submitter (the application's user, who must be"
                    + " known on the host; takes a NodeManager that is root, and then every container must be one in Docker).");

    public static final Key<Integer> MINIMUM_USER_ID = Key.integer(
            PREFIX + "minimum-user-id",
            1_000,
            1,
            Integer.MAX_VALUE,
            "With run-as-user submitter: users with a smaller id are refused.");

    public static final Key<Duration> CALL_LIMIT = Key.milliseconds(
            PREFIX + "call-limit-ms",
            2_000,
            100,
            60_000,
            "Longest wait for an answer to a short call: inspect, pause, kill.");

    public static final Key<Duration> START_LIMIT = Key.milliseconds(
            PREFIX + "start-limit-ms",
            30_000,
            1_000,
            600_000,
            "Longest wait for an answer to a long call: create, start, remove.");

    /** All keys, in the order in which the documentation shows them. */
    public static final List<Key<?>> ALL = List.of(
            HOST,
            ALLOWED_IMAGES,
            ALLOWED_READ_ONLY_MOUNTS,
            ALLOWED_READ_WRITE_MOUNTS,
            RUN_AS_USER,
            MINIMUM_USER_ID,
            CALL_LIMIT,
            START_LIMIT);

    private static Pattern listOf(String part) {
        return Pattern.compile("(" + part + "(\\s*,\\s*" + part + ")*)?");
    }

    private DockerKeys() {}
}
