/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.workloads.replay.TaskEnd;
import io.kairos.workloads.replay.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionFilesTest {
    private static final String HEADER = "time_ms,node,event,reason,task,application,attained_ms,counterpart,"
            + "preemptions,paused_ms,running,paused,held\n";
    private static final String LAUNCH = "1500,h:1,LAUNCH,FREE_SLOT,c1,app,0,,,,1,0,0\n";
    private static final String FINISH = "3000,h:1,FINISH,RUNNING,c1,app,1500,,0,0,0,0,0\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void readsWholeLinesOnceWhileTheyAreWritten() throws IOException {
        DecisionFiles files = new DecisionFiles(folder);
        assertThat(files.readNew()).isEmpty();

        Path file = Files.writeString(folder.resolve("h_1.csv"), HEADER + LAUNCH + FINISH.substring(0, 20));
        assertThat(files.readNew()).singleElement().satisfies(line -> assertThat(line.kind())
                .isEqualTo(EventKind.LAUNCH));

        Files.writeString(file, FINISH.substring(20), StandardOpenOption.APPEND);
        assertThat(files.readNew()).singleElement().satisfies(line -> {
            assertThat(line.timeMs()).isEqualTo(3000);
            assertThat(line.attainedSeconds()).isEqualTo(1.5);
        });
        assertThat(files.readNew()).isEmpty();
    }

    @Test
    void aLineThatIsNoDecisionIsToldWithItsFile() throws IOException {
        Files.writeString(folder.resolve("h_1.csv"), "1500,h:1,DANCE,FREE_SLOT,c1,app,0,,,,1,0,0\n");
        assertThatIOException()
                .isThrownBy(() -> new DecisionFiles(folder).readNew())
                .withMessageContaining("h_1.csv");
    }

    @Test
    void whatANodeOnlyObservesIsNoDecision() throws IOException {
        Files.writeString(folder.resolve("h_1.csv"), HEADER + LAUNCH.replace("LAUNCH", "WOULD_PAUSE"));
        assertThat(new DecisionFiles(folder).readNew()).isEmpty();
    }

    @Test
    void whereNobodyWritesThereIsNothing() throws IOException {
        assertThat(new DecisionFiles(null).readNew()).isEmpty();
    }

    @Test
    void decisionsAndTheReplayMakeOneHistory() throws IOException {
        Files.writeString(folder.resolve("h_1.csv"), HEADER + LAUNCH + FINISH);
        RunRecorder recorder = new RunRecorder(1, 2, true);
        TaskId task = new TaskId(7, 0, 0);
        recorder.jobSubmitted(7, "app", 0);
        recorder.containerAllocated(task, "c1", "h:1", 0.25);
        recorder.taskStarted(task, "c1", "h:1", 0.4);
        recorder.taskEnded(task, "c1", "h:1", TaskEnd.KILLED, 137, 2.1);
        recorder.jobFinished(7, true, "killed", 2.2);
        recorder.decided(new DecisionFiles(folder).readNew());

        List<EventRecord> events = recorder.events(1000);

        assertThat(events)
                .extracting(EventRecord::kind)
                .containsExactly(EventKind.PLACE, EventKind.LAUNCH, EventKind.KILL);
        assertThat(events).extracting(EventRecord::timeSeconds).containsExactly(0.25, 0.5, 2.0);
        assertThat(events).extracting(EventRecord::job).containsOnly("7");
        assertThat(events).extracting(EventRecord::node).containsOnly("node-1");
        assertThat(recorder.status()).isEqualTo(new RunStatus(1, 1, 0, 0, 0, 0));
    }

    @Test
    void underAStockSchedulerTheReplayTellsWhatRuns() {
        RunRecorder recorder = new RunRecorder(2, 2, false);
        TaskId task = new TaskId(1, 0, 0);
        recorder.containerAllocated(task, "c1", "h:2", 0);
        recorder.taskStarted(task, "c1", "h:2", 0.1);
        assertThat(recorder.status().running()).isEqualTo(1);
        recorder.taskEnded(task, "c1", "h:2", TaskEnd.COMPLETED, 0, 1);

        assertThat(recorder.status().running()).isZero();
        assertThat(recorder.events(0))
                .extracting(EventRecord::kind)
                .containsExactly(EventKind.PLACE, EventKind.LAUNCH, EventKind.FINISH);
    }
}
