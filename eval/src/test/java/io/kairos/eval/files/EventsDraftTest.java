/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.SampleComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsDraftTest {
    private static final List<String> SCHEDULERS = List.of("fifo", "kairos", "none");
    private static final Comparison SAMPLE = SampleComparison.of("fifo", "kairos");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path events() {
        return folder.resolve(EventsFile.NAME);
    }

    /** Opens all parts, as if runs went on at the same time, the last one first. */
    private static void fill(EventsDraft draft) throws IOException {
        try (EventsDraft.Part none = draft.begin(2);
                EventsDraft.Part kairos = draft.begin(1);
                EventsDraft.Part fifo = draft.begin(0)) {
            SAMPLE.events().forEach((scheduler, event) -> (scheduler.equals("fifo") ? fifo : kairos).accept(event));
            assertThat(none).isNotNull();
        }
    }

    @Test
    void partsBecomeTheFileThatIsWrittenAllAtOnce() throws IOException {
        Path atOnce = folder.resolve("at-once.csv");
        EventsFile.write(SAMPLE.events(), atOnce);
        Files.writeString(events(), "of an earlier run");

        try (EventsDraft draft = new EventsDraft(folder, SCHEDULERS)) {
            fill(draft);
            assertThat(events()).hasContent("of an earlier run");
            draft.join();
            assertThat(events()).hasContent("of an earlier run");
            draft.moveTo(events());
        }

        assertThat(events()).hasSameBinaryContentAs(atOnce);
        assertThat(Files.readString(atOnce))
                .startsWith("scheduler,timeSeconds,node,")
                .contains("\nkairos,");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(EventsFile.NAME, "at-once.csv");
    }

    @Test
    void nothingIsLeftOfWhatWasNotFinished() throws IOException {
        try (EventsDraft draft = new EventsDraft(folder, SCHEDULERS)) {
            fill(draft);
            assertThat(folder.toFile().list()).hasSize(3).doesNotContain(EventsFile.NAME);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsBegunThatNobodyWaitsForAnyMore() throws IOException {
        EventsDraft draft = new EventsDraft(folder, SCHEDULERS);
        draft.close();
        assertThatThrownBy(() -> draft.begin(1)).isInstanceOf(IOException.class).hasMessageContaining("not wanted");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAndNothingElse() throws IOException {
        long alive = ProcessHandle.current().pid();
        List<String> kept = List.of(EventsFile.NAME, ".events.csv." + alive + ".0", ".events.csv.mine", ".other.1.0");
        for (String name : kept) {
            Files.createFile(folder.resolve(name));
        }
        Files.createFile(folder.resolve(".events.csv.99999999.0"));
        EventsDraft.sweep(folder);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void aFolderThatIsGoneIsSaid() throws IOException {
        try (EventsDraft draft = new EventsDraft(folder.resolve("gone"), SCHEDULERS)) {
            assertThatThrownBy(() -> draft.begin(0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gone");
        }
    }
}
