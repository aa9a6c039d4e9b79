/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.TaskView;
import io.kairos.yarn.protocol.ApplicationTerms;
import io.kairos.yarn.protocol.EndedTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node knows of its tasks beyond YARN, kept beside the NodeManager's own recovery state, so that a restart does not make long
 * tasks look new, nor those look pausable that must not be paused while the ResourceManager is slow to say so. Where recovery is off
 * it does nothing. First a line for each task: id and nanoseconds of attained service; then one for each application: id, weight,
 * whether its tasks may be paused, whether they may opt out; then one for each application of which tasks have ended here: the word
 * "ended", id, how many, and nanoseconds of the service they had attained. Those come last, for an earlier version of this class
 * reads no further. Thread-safe.
 */
final class RecoveryFile {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryFile.class);
    private static final String NAME = "kairos-attained-service";
    private static final String ENDED = "ended";
    private static final double NANOS_PER_SECOND = 1e9;

    private final @Nullable Path file;
    private final Map<String, Long> attained = new HashMap<>();
    private final Map<String, ApplicationTerms> terms = new HashMap<>();
    private final Map<String, EndedTasks> ended = new HashMap<>();

    /**
     * What was known of a task before the restart.
     *
     * @param attainedNanos service it had attained; 0 if that was not known
     * @param terms of its application; empty if they were not known
     */
    record Recovered(long attainedNanos, Optional<ApplicationTerms> terms) {}

    RecoveryFile(@Nullable Path file) {
        this.file = file;
        if (file != null && Files.exists(file)) {
            read(file);
        }
    }

    static RecoveryFile of(Configuration configuration) {
        String directory = configuration.getTrimmed(YarnConfiguration.NM_RECOVERY_DIR, "");
        boolean recovery = configuration.getBoolean(
                YarnConfiguration.NM_RECOVERY_ENABLED, YarnConfiguration.DEFAULT_NM_RECOVERY_ENABLED);
        return new RecoveryFile(recovery && !directory.isEmpty() ? Path.of(directory, NAME) : null);
    }

    /** What was written down last before this NodeManager started. */
    Recovered recovered(ContainerId task) {
        String application = task.getApplicationAttemptId().getApplicationId().toString();
        return new Recovered(attained.getOrDefault(task.toString(), 0L), Optional.ofNullable(terms.get(application)));
    }

    /** The tasks that had ended, by application, as was written down last before this NodeManager started. */
    Map<String, EndedTasks> ended() {
        return Map.copyOf(ended);
    }

    /**
     * Writes down all tasks, the terms of their applications, and what of each application has ended, replacing what was there at
     * once. What was read is kept of tasks and applications that are here and not heard of yet: this NodeManager may not live to
     * find them.
     *
     * @param here whether the container or application of that id is on the node
     */
    synchronized void write(
            Collection<TaskView<ContainerId>> tasks,
            Map<String, ApplicationTerms> applications,
            Map<String, EndedTasks> endedTasks,
            Predicate<String> here) {
        if (file == null) {
            return;
        }
        Map<String, Long> services = new HashMap<>(attained);
        services.keySet().removeIf(here.negate());
        tasks.forEach(task -> services.put(task.request().task().toString(), task.attainedNanos()));
        Map<String, ApplicationTerms> allTerms = new HashMap<>(terms);
        allTerms.keySet().removeIf(here.negate());
        allTerms.putAll(applications);
        StringBuilder text = new StringBuilder();
        services.forEach((id, nanos) -> line(text, id, nanos));
        allTerms.forEach(
                (id, told) -> line(text, id, told.weight() + " " + told.preemptable() + " " + told.mayOptOut()));
        endedTasks.forEach((id, over) ->
                line(text, ENDED, id + " " + over.tasks() + " " + Math.round(over.attained() * NANOS_PER_SECOND)));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(NAME + ".new");
            Files.writeString(fresh, text, StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("What is known of the tasks could not be written to {}: {}", file, e.toString());
        }
    }

    private static void line(StringBuilder text, Object id, Object known) {
        text.append(id).append(' ').append(known).append('\n');
    }

    private void read(Path from) {
        try {
            for (String line : Files.readAllLines(from, StandardCharsets.US_ASCII)) {
                String[] words = line.split(" ", -1);
                if (words[0].startsWith("application_")) {
                    terms.put(
                            ApplicationId.fromString(words[0]).toString(),
                            new ApplicationTerms(
                                    Double.parseDouble(words[1]),
                                    Boolean.parseBoolean(words[2]),
                                    Boolean.parseBoolean(words[3])));
                } else if (words[0].equals(ENDED)) {
                    ended.put(
                            ApplicationId.fromString(words[1]).toString(),
                            new EndedTasks(Long.parseLong(words[2]), Long.parseLong(words[3]) / NANOS_PER_SECOND));
                } else {
                    attained.put(ContainerId.fromString(words[0]).toString(), Math.max(0, Long.parseLong(words[1])));
                }
            }
        } catch (IOException | RuntimeException e) {
            // It ranks tasks until the ResourceManager is heard of: a damaged file costs that, never a task.
            LOG.warn("{} is not read further: {}", from, e.toString());
        }
    }
}
