/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.TaskView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attained service of a node's tasks, kept beside the NodeManager's own recovery state, so that a restart does not make long
 * tasks look new. Where recovery is off it does nothing. One line a task: id, blank, nanoseconds. Thread-safe.
 */
final class AttainedServiceFile {
    private static final Logger LOG = LoggerFactory.getLogger(AttainedServiceFile.class);
    private static final String NAME = "kairos-attained-service";

    private final @Nullable Path file;
    private final Map<String, Long> recovered;

    AttainedServiceFile(@Nullable Path file) {
        this.file = file;
        this.recovered = file == null ? Map.of() : read(file);
    }

    static AttainedServiceFile of(Configuration configuration) {
        String directory = configuration.getTrimmed(YarnConfiguration.NM_RECOVERY_DIR, "");
        boolean recovery = configuration.getBoolean(
                YarnConfiguration.NM_RECOVERY_ENABLED, YarnConfiguration.DEFAULT_NM_RECOVERY_ENABLED);
        return new AttainedServiceFile(recovery && !directory.isEmpty() ? Path.of(directory, NAME) : null);
    }

    /** What the task had attained when it was last written down, nanoseconds; 0 if it never was. */
    long recovered(ContainerId task) {
        return recovered.getOrDefault(task.toString(), 0L);
    }

    /** Writes down all tasks, replacing what was there at once. */
    synchronized void write(Collection<TaskView<ContainerId>> tasks) {
        if (file == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (TaskView<ContainerId> task : tasks) {
            text.append(task.request().task())
                    .append(' ')
                    .append(task.attainedNanos())
                    .append('\n');
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(NAME + ".new");
            Files.writeString(fresh, text, StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Attained service could not be written to {}: {}", file, e.toString());
        }
    }

    private static Map<String, Long> read(Path file) {
        Map<String, Long> attained = new HashMap<>();
        if (!Files.exists(file)) {
            return attained;
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                int blank = line.indexOf(' ');
                attained.put(line.substring(0, blank), Math.max(0, Long.parseLong(line.substring(blank + 1))));
            }
        } catch (IOException | RuntimeException e) {
            // It only ranks tasks: a damaged file costs their rank, never a task.
            LOG.warn("{} is not read further: {}", file, e.toString());
        }
        return attained;
    }
}
