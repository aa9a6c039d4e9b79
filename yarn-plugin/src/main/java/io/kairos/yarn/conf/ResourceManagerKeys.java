/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of the central tier, read by the ResourceManager (the report address and interval by NodeManagers too). */
public final class ResourceManagerKeys {
    private static final String PREFIX = "yarn.resourcemanager.kairos.";
    private static final long YEAR_MS = 31_536_000_000L;

    public static final Key<String> MODE = Key.choice(
                    PREFIX + "mode",
                    "enforce",
                    Mode.NAMES,
                    "off (heartbeats place as in stock CapacityScheduler, nothing is bounded, held or paused), observe (tasks are placed"
                            + " as by Kairos, N + Q a node; what the nodes would hold and pause is logged and counted, and not done),"
                            + " enforce.")
            .live();

    public static final Key<Integer> QUEUE_BOUND = Key.integer(
                    PREFIX + "queue-bound",
                    4,
                    0,
                    10_000,
                    "Q: tasks a node takes beyond the N it runs; they wait on the node, paused or held. The node's memory must hold"
                            + " N + Q tasks.")
            .live();

    public static final Key<String> TIE_BREAK = Key.choice(
                    PREFIX + "tie-break",
                    "variance",
                    List.of("variance", "standard-deviation", "sum", "youngest", "oldest", "round-robin", "random"),
                    "What decides between nodes with equally few tasks under the policy kairos.")
            .live();

    public static final Key<Integer> SEED = Key.integer(
                    PREFIX + "seed", 1, 0, Integer.MAX_VALUE, "Seed of the tie-break random; the others do not use it.")
            .live();

    public static final Key<String> POLICY = Key.choice(
                    PREFIX + "policy",
                    "kairos",
                    Policy.NAMES,
                    "What orders tasks: kairos (as published: applications as their queue says, on a node whose task has attained least),"
                            + " kairos-job (in each queue and on each node those of the application that has least work left, as learned from"
                            + " its tasks; nobody estimates anything).")
            .live();

    public static final Key<Optional<Duration>> PATIENCE = Key.optionalMilliseconds(
                    PREFIX + "patience-ms",
                    "900000",
                    10,
                    YEAR_MS,
                    "Under the policy kairos-job an application whose unfinished tasks (at most 50 of them) have not attained a ninth of"
                            + " this each, in the mean, within this time comes first until they have: so none starves. Off: it waits"
                            + " as long as others with less work left keep coming.")
            .live();

    public static final Key<String> REPORT_ADDRESS = Key.matching(
            Pattern.compile("(\\S+:\\d{1,5})?"),
            PREFIX + "report.address",
            "",
            "HOST:PORT, or nothing for port 8037 of the ResourceManager's host",
            "Where the active ResourceManager listens for load reports. With ResourceManager HA add the suffix .RM-ID for each.");

    public static final Key<Integer> REPORT_HANDLERS = Key.integer(
            PREFIX + "report.handlers", 4, 1, 1_000, "Threads that take load reports in the ResourceManager.");

    public static final Key<Duration> REPORT_EXPIRY = Key.milliseconds(
            PREFIX + "report.expiry-ms",
            5_000,
            10,
            86_400_000,
            "Age from which a node's report of attained service counts as unknown, that is, as neutral.");

    public static final Key<Boolean> PAGE = Key.yesOrNo(
                    PREFIX + "page", true, "Whether the ResourceManager's web server shows the cluster at /kairos.")
            .live();

    /** All keys, in the order in which the documentation shows them. */
    public static final List<Key<?>> ALL = List.of(
            MODE, QUEUE_BOUND, TIE_BREAK, SEED, POLICY, PATIENCE, REPORT_ADDRESS, REPORT_HANDLERS, REPORT_EXPIRY, PAGE);

    /** Port of the load reports where no address is set. */
    public static final int DEFAULT_REPORT_PORT = 8037;

    private ResourceManagerKeys() {}
}
