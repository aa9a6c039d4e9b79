/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import io.kairos.node.TaskTerms;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What a queue may say in capacity-scheduler.xml. A queue that says nothing is as its parent is; the names here have {@link
 * #QUEUE_PATH} in place of the queue's path.
 */
public final class QueueKeys {
    /** Stands for the path of a queue, such as root.etl.nightly. */
    public static final String QUEUE_PATH = "<queue-path>";

    /** What stands before the path. */
    public static final String PREFIX = "yarn.scheduler.capacity.";

    /** What stands between the path and the name of a property. */
    public static final String INFIX = ".kairos.";

    public static final Key<Boolean> PREEMPTABLE = Key.yesOrNo(
                    PREFIX + QUEUE_PATH + INFIX + "preemptable",
                    true,
                    "Whether tasks of the queue may be paused. Tasks that may not still count for slots and bound.")
            .live();

    public static final Key<Double> WEIGHT = Key.decimal(
                    PREFIX + QUEUE_PATH + INFIX + "weight",
                    "1",
                    TaskTerms.LEAST_WEIGHT,
                    TaskTerms.MOST_WEIGHT,
                    "What attained service is divided by before tasks are compared: tasks of a queue of weight 2 age half as"
                            + " fast.")
            .live();

    public static final Key<Boolean> OPT_OUT = Key.yesOrNo(
                    PREFIX + QUEUE_PATH + INFIX + "opt-out",
                    true,
                    "Whether applications of the queue may have it that none of their tasks is paused (the application tag"
                            + " kairos-not-preemptable), or that single containers are not (KAIROS_PREEMPTABLE=false in their"
                            + " environment).")
            .live();

    /** All keys, in the order in which the documentation shows them. */
    public static final List<Key<?>> ALL = List.of(PREEMPTABLE, WEIGHT, OPT_OUT);

    /** The names behind {@link #INFIX}, in the order of {@link #ALL}. */
    public static final List<String> PROPERTIES = ALL.stream()
            .map(key -> key.name().substring(key.name().lastIndexOf('.') + 1))
            .toList();

    private QueueKeys() {}

    /**
     * Whether a key is meant for Kairos: a queue, a user, or a node label may have our name.
     *
     * @param configuration says which queues there are
     * @param name the whole key
     */
    public static boolean isMeant(Configuration configuration, String name) {
        int infix = name.lastIndexOf(INFIX);
        if (!name.startsWith(PREFIX) || infix < PREFIX.length()) {
            return false;
        }
        String path = path(name);
        List<String> queues = List.of(configuration.getTrimmedStrings(PREFIX + path + ".queues"));
        boolean ofQueue = queues.contains("kairos") && !PROPERTIES.contains(property(name));
        return !ofQueue && !path.endsWith(".user-settings") && !path.endsWith(".accessible-node-labels");
    }

    /** The queue that a key which is meant for Kairos names. */
    public static String path(String name) {
        return name.substring(PREFIX.length(), name.lastIndexOf(INFIX));
    }

    /** What such a key sets. */
    public static String property(String name) {
        return name.substring(name.lastIndexOf(INFIX) + INFIX.length());
    }
}
