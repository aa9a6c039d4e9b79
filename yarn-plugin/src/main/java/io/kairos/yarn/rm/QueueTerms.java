/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.QueueKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.conf.Configuration;

/**
 * On what terms the applications of each queue share nodes, from capacity-scheduler.xml. A queue that says nothing is as its
 * parent is. Thread-safe; it does not change.
 */
final class QueueTerms {
    /** Application tag: none of the application's tasks is to be paused, if its queue allows it. */
    static final String NOT_PREEMPTABLE = "kairos-not-preemptable";

    /** What was said, by the whole key. */
    private final Configuration said = new Configuration(false);

    private final ConcurrentMap<String, ApplicationTerms> byPath = new ConcurrentHashMap<>();

    private QueueTerms() {}

    /** @throws SettingException one line with key, value and what is allowed */
    static QueueTerms read(Configuration configuration) {
        QueueTerms terms = new QueueTerms();
        Map<String, String> kairos = new TreeMap<>();
        configuration.getPropsWithPrefix(QueueKeys.PREFIX).forEach((rest, value) -> {
            String name = QueueKeys.PREFIX + rest;
            if (QueueKeys.isMeant(configuration, name)) {
                kairos.put(name, value);
            }
        });
        kairos.forEach(terms::take);
        return terms;
    }

    /** The terms of an application of that queue with these tags. */
    ApplicationTerms of(String queuePath, Collection<String> tags) {
        ApplicationTerms queue = byPath.computeIfAbsent(queuePath, this::resolve);
        return queue.preemptable() && queue.mayOptOut() && tags.contains(NOT_PREEMPTABLE)
                ? new ApplicationTerms(queue.weight(), false, true)
                : queue;
    }

    private void take(String name, String value) {
        String property = QueueKeys.property(name);
        int index = QueueKeys.PROPERTIES.indexOf(property);
        if (index < 0) {
            throw new SettingException(name + " is '" + value + "': expected no such key, but one of "
                    + String.join(", ", QueueKeys.PROPERTIES) + " behind " + QueueKeys.INFIX.substring(1));
        }
        said.set(name, value);
        at(QueueKeys.ALL.get(index), QueueKeys.path(name)).read(said);
    }

    private ApplicationTerms resolve(String path) {
        return new ApplicationTerms(
                nearest(QueueKeys.WEIGHT, path),
                nearest(QueueKeys.PREEMPTABLE, path),
                nearest(QueueKeys.OPT_OUT, path));
    }

    /** What the queue says, or the nearest above it that says anything. */
    private <T> T nearest(Key<T> key, String path) {
        Optional<String> at = Optional.of(path);
        while (at.isPresent()) {
            Key<T> here = at(key, at.get());
            if (here.isSet(said)) {
                return here.read(said);
            }
            at = parent(at.get());
        }
        return key.read(said);
    }

    private static Optional<String> parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(path.substring(0, dot));
    }

    private static <T> Key<T> at(Key<T> key, String path) {
        return key.named(key.name().replace(QueueKeys.QUEUE_PATH, path));
    }
}
