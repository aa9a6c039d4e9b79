/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks of Docker, in the environment variables that YARN's own Docker runtime defines.
 *
 * @param image null for the NodeManager's default
 * @param network null for the NodeManager's default
 * @param ownEntrypoint whether the image's own entry point runs, instead of YARN's launch script
 */
record DockerRequest(
        @Nullable String image, List<MountRequest> mounts, @Nullable String network, boolean ownEntrypoint) {
    private static final String TYPE = "YARN_CONTAINER_RUNTIME_TYPE";
    private static final String PREFIX = "YARN_CONTAINER_RUNTIME_DOCKER_";
    private static final String IMAGE = PREFIX + "IMAGE";
    private static final String MOUNTS = PREFIX + "MOUNTS";
    private static final String NETWORK = PREFIX + "CONTAINER_NETWORK";
    private static final String RUN_OVERRIDE_DISABLE = PREFIX + "RUN_OVERRIDE_DISABLE";

    /** What YARN's runtime knows and this one does not do. Refused, so that nobody counts on it. */
    private static final List<String> REFUSED = List.of(
            PREFIX + "RUN_PRIVILEGED_CONTAINER",
            PREFIX + "CONTAINER_PID_NAMESPACE",
            PREFIX + "CONTAINER_HOSTNAME",
            PREFIX + "PORTS_MAPPING",
            PREFIX + "TMPFS_MOUNTS",
            PREFIX + "DELAYED_REMOVAL",
            PREFIX + "CLIENT_CONFIG",
            PREFIX + "RUNTIME",
            PREFIX + "SERVICE_MODE");

    private static final Pattern IMAGE_NAME =
            Pattern.compile("(([a-zA-Z0-9.-]+)(:\\d+)?/)?([a-z0-9_./-]+)(:[\\w.-]+)?(@sha256:[a-f0-9]{64})?");
    private static final Pattern MOUNT = Pattern.compile("([^:,\\x00]+):(/[^:,\\x00]+)(?::(ro|rw))?");
    private static final Pattern NETWORK_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    /** One mount; a relative source is the name of a localized file. */
    record MountRequest(String source, String target, boolean readOnly) {}

    DockerRequest {
        mounts = List.copyOf(mounts);
    }

    /** Whether these variables ask for Docker; {@code standard} is what holds where they do not say. */
    static boolean isDocker(Map<String, String> environment, String standard) {
        return environment.getOrDefault(TYPE, standard).equals("docker");
    }

    /**
     * Reads the variables.
     *
     * @throws IllegalArgumentException one line: which variable, its value, what was expected
     */
    static DockerRequest read(Map<String, String> environment) {
        for (String name : REFUSED) {
            String value = environment.get(name);
            if (value != null && !value.isEmpty() && !value.equalsIgnoreCase("false")) {
                throw bad(name, value, "no value, for this executor does not do it");
            }
        }
        return new DockerRequest(
                read(environment, IMAGE, IMAGE_NAME, "an image such as registry/name:tag"),
                mounts(environment.getOrDefault(MOUNTS, "")),
                read(environment, NETWORK, NETWORK_NAME, "a network's name"),
                ownEntrypoint(environment));
    }

    /** Whether these variables ask for the image's own entry point; known also where the rest of them is refused. */
    static boolean ownEntrypoint(Map<String, String> environment) {
        return Boolean.parseBoolean(environment.get(RUN_OVERRIDE_DISABLE));
    }

    private static @Nullable String read(
            Map<String, String> environment, String name, Pattern allowed, String expected) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            return null;
        }
        if (!allowed.matcher(value).matches()) {
            throw bad(name, value, expected);
        }
        return value;
    }

    private static List<MountRequest> mounts(String value) {
        List<MountRequest> mounts = new ArrayList<>();
        if (value.isEmpty()) {
            return mounts;
        }
        for (String part : value.split(",", -1)) {
            Matcher mount = MOUNT.matcher(part);
            if (!mount.matches()) {
                throw bad(MOUNTS, part, "source:/target, source:/target:ro or source:/target:rw");
            }
            mounts.add(new MountRequest(mount.group(1), mount.group(2), "ro".equals(mount.group(3))));
        }
        return mounts;
    }

    private static IllegalArgumentException bad(String name, String value, String expected) {
        return new IllegalArgumentException(name + " is '" + value + "': expected " + expected);
    }
}
