/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessTableTest {
    private static final long PID = 77;
    private static final long STOP_BIT = 1L << 18;

    private final Path folder;
    private final FakeProc proc;

    ProcessTableTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.proc = new FakeProc(folder);
    }

    @Test
    void readsALineWhoseNameHoldsBracketsAndBlanks() {
        ProcessStat stat = ProcessStat.parse(FakeProc.line(42, 'T', 3, 7, 9, 123_456));
        assertThat(stat).isEqualTo(new ProcessStat(42, 'T', 7, 9, 9, 3, 123_456, 26));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "42 (x", "42 (x)", "42 (x) S 1 2 3 4", ") ("})
    void refusesWhatIsNoStatLine(String line) {
        assertThatThrownBy(() -> ProcessStat.parse(line)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void readsThisProcess() throws IOException {
        ProcessStat self = new ProcessTable(Path.of("/proc")).self();
        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(self.threads()).isGreaterThan(1);
        assertThat(new ProcessTable(Path.of("/proc")).all()).anyMatch(self::isSameProcessAs);
    }

    @Test
    void listsAllProcessesAndNothingElse() throws IOException {
        proc.put(5, "S", 1, 5, 10);
        proc.put(6, "R", 5, 5, 11);
        assertThat(proc.table().all()).extracting(ProcessStat::pid).containsExactlyInAnyOrder(5L, 6L);
        assertThat(proc.table().find(7)).isEmpty();
    }

    @Test
    void saysWhenThereIsNoProc() {
        ProcessTable none = new ProcessTable(folder.resolve("none"));
        assertThatThrownBy(none::self).hasMessageContaining("expected a mounted /proc");
        assertThatThrownBy(none::all).hasMessageContaining("expected a mounted /proc");
    }

    /** One letter a thread; a stop takes hold of a process when no thread of it can get back to its program. */
    @ParameterizedTest
    @CsvSource({
        "T, false, true",
        "t, false, true",
        "R, false, false",
        "S, false, false",
        "D, false, false",
        "D, true, true",
        "Z, false, true",
        "TTT, false, true",
        "TRT, false, false",
        "TD, false, true",
        "DT, false, true",
        "ZT, false, true",
        "ZR, false, false",
        "ZS, true, false",
        "TZ, false, true",
        "DDD, false, false",
        "DD, true, true"
    })
    void knowsAStoppedProcess(String threads, boolean stopPending, boolean stopped) throws IOException {
        proc.put(PID, threads, 1, PID, 1);
        proc.pending(PID, stopPending ? STOP_BIT : ~STOP_BIT);
        ProcessStat stat = proc.table().find(PID).orElseThrow();
        assertThat(proc.table().isStopped(stat)).isEqualTo(stopped);
    }

    @ParameterizedTest
    @CsvSource({
        "T, false, true",
        "t, false, false",
        "R, false, false",
        "D, false, false",
        "D, true, true",
        "Z, false, false",
        "ST, false, true",
        "ZT, false, true",
        "SS, false, false"
    })
    void knowsAProcessThatAwaitsASignalToContinue(String threads, boolean stopPending, boolean awaits)
            throws IOException {
        proc.put(PID, threads, 1, PID, 1);
        proc.pending(PID, stopPending ? STOP_BIT : 0);
        ProcessStat stat = proc.table().find(PID).orElseThrow();
        assertThat(proc.table().awaitsContinue(stat)).isEqualTo(awaits);
    }

    @Test
    void aProcessThatEndedSinceItWasSeenIsStopped() {
        assertThat(proc.table().isStopped(new ProcessStat(PID, 'R', 1, PID, PID, 1, 1, 0)))
                .isTrue();
    }
}
