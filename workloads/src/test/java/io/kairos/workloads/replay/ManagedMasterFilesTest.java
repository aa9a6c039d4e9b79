/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.replay.ReplayResult.JobResult;
import io.kairos.workloads.replay.ReplayResult.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes between the replaying process and a master in a container. */
class ManagedMasterFilesTest {

    private static final TaskId TASK = new TaskId(3, 1, 2);

    private final Path folder;

    ManagedMasterFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theMasterReadsTheJobAsItWasWritten() throws IOException {
        Job job = WorkloadGenerator.PAPER
                .generate(GeneratorSettings.PAPER, 1)
                .jobs()
                .get(24);
        ReplaySettings settings = ReplaySettings.DEFAULTS
                .withTaskMemoryMb(77)
                .withHeartbeat(Duration.ofMillis(123))
                .withAttemptsPerTask(2);
        Configuration conf = new Configuration(false);
        conf.set("kairos.test", "a value");
        MasterFolder master = new MasterFolder(folder.resolve("job-25"));

        master.write(job, settings, conf);

        assertThat(master.readJob()).isEqualTo(job);
        assertThat(master.readSettings()).isEqualTo(settings);
        assertThat(master.readConfiguration().get("kairos.test")).isEqualTo("a value");
        assertThat(master.scripts()).isEqualTo(folder);
        assertThat(master.javaArguments())
                .content()
                .contains(ReplayApplicationMaster.class.getName())
                .endsWith('"' + folder.resolve("job-25").toString() + '"');
    }

    @Test
    void eventsArriveAsTheyWereToldWithTheirTimesMoved() throws IOException {
        Path file = Files.createFile(folder.resolve("events"));
        Recorder heard = new Recorder(ReplayListener.NONE);
        try (EventReader reader = new EventReader(file);
                EventWriter writer = new EventWriter(file)) {
            assertThat(reader.newLines()).isEmpty();
            writer.containerAllocated(TASK, "container_1", "node:1", 101);
            writer.taskStarted(TASK, "container_1", "node:1", 102.5);
            tellAll(reader, heard);
            writer.taskEnded(TASK, "container_1", "node:1", TaskEnd.KILLED, -105, 103);
            writer.jobFinished(3, true, "over\tand\nout", 104);
            tellAll(reader, heard);
        }

        ReplayResult result = heard.result();
        assertThat(result.tasks())
                .containsExactly(new TaskResult(TASK, 1, "container_1", "node:1", 1, 2.5, 3, TaskEnd.KILLED, -105));
        assertThat(result.jobs()).containsExactly(new JobResult(3, 4, 4, true, "over and out"));
    }

    @Test
    void aLineIsReadOnceItIsComplete() throws IOException {
        Path file = Files.createFile(folder.resolve("events"));
        try (EventReader reader = new EventReader(file)) {
            append(file, "first\nsec");
            assertThat(reader.newLines()).containsExactly("first");
            append(file, "ond\n");
            assertThat(reader.newLines()).containsExactly("second");
        }
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventLine.tell("paused\t1", 0, ReplayListener.NONE))
                .withMessage("'paused\t1' is no event of a replay");
    }

    @Test
    void errorsArePassedOnToo() {
        StringBuilder heard = new StringBuilder();
        EventLine.tell(EventLine.error("no start", new IOException("reason")), 0, new ReplayListener() {
            @Override
            public void error(String what, Throwable cause) {
                heard.append(what).append(": ").append(cause.getMessage());
            }
        });

        assertThat(heard).hasToString("no start: java.io.IOException: reason");
    }

    private static void tellAll(EventReader reader, ReplayListener listener) throws IOException {
        List<String> lines = reader.newLines();
        assertThat(lines).hasSize(2);
        lines.forEach(line -> EventLine.tell(line, -100, listener));
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
