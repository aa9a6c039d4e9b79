/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.yarn.nm.RecoveryFile.Recovered;
import io.kairos.yarn.protocol.ApplicationTerms;
import io.kairos.yarn.protocol.EndedTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RecoveryFileTest {
    private static final ApplicationTerms TERMS = new ApplicationTerms(0.25, false, true);
    private static final Recovered NOTHING = new Recovered(0, Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenDownIsThereAfterARestart() {
        Path file = folder.resolve("recovery").resolve("file");
        Map<String, EndedTasks> ended =
                Map.of(application(2), new EndedTasks(3, 4.25), application(4), new EndedTasks(1, 0));
        new RecoveryFile(file)
                .write(List.of(view(1, 7_000), view(2, 0)), Map.of(application(1), TERMS), ended, id -> false);

        RecoveryFile after = new RecoveryFile(file);
        assertThat(after.recovered(container(1))).isEqualTo(new Recovered(7_000, Optional.of(TERMS)));
        assertThat(after.recovered(container(2))).isEqualTo(NOTHING);
        assertThat(after.recovered(container(3))).isEqualTo(NOTHING);

        assertThat(after.ended()).isEqualTo(ended);

        after.write(List.of(), Map.of(), Map.of(), id -> false);
        RecoveryFile empty = new RecoveryFile(file);
        assertThat(empty.recovered(container(1))).isEqualTo(NOTHING);
        assertThat(empty.ended()).isEmpty();
    }

    @Test
    void whatIsNotHeardOfYetIsKeptWhileItIsHere() {
        Path file = folder.resolve("file");
        new RecoveryFile(file)
                .write(
                        List.of(view(1, 7_000), view(2, 8_000), view(3, 9_000)),
                        Map.of(application(1), TERMS, application(2), TERMS),
                        Map.of(),
                        id -> false);
        Set<String> here =
                Set.of(container(1).toString(), application(1), container(3).toString(), application(3));
        new RecoveryFile(file).write(List.of(view(3, 9_500)), Map.of(), Map.of(), here::contains);

        RecoveryFile third = new RecoveryFile(file);
        assertThat(third.recovered(container(1))).isEqualTo(new Recovered(7_000, Optional.of(TERMS)));
        assertThat(third.recovered(container(2))).isEqualTo(NOTHING);
        assertThat(third.recovered(container(3))).isEqualTo(new Recovered(9_500, Optional.empty()));
    }

    @Test
    void aDamagedFileIsReadAsFarAsItCanBe() throws Exception {
        Path file = folder.resolve("damaged");
        Files.writeString(file, container(1) + " 5\n" + application(1) + " 1.0 false\n" + container(2) + " 6\n");

        RecoveryFile damaged = new RecoveryFile(file);
        assertThat(damaged.recovered(container(1))).isEqualTo(new Recovered(5, Optional.empty()));
        assertThat(damaged.recovered(container(2))).isEqualTo(NOTHING);
    }

    @Test
    void aFileThatTellsOfNoEndedTasksIsRead() throws Exception {
        Path file = folder.resolve("older");
        Files.writeString(file, container(1) + " 5\n" + application(1) + " 0.25 false true\n");

        RecoveryFile older = new RecoveryFile(file);
        assertThat(older.recovered(container(1))).isEqualTo(new Recovered(5, Optional.of(TERMS)));
        assertThat(older.ended()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ended",
                "ended application_1_0002 1",
                "ended application_1_0002 -1 5",
                "ended application_1_0002 1 -5",
                "ended application_1_0002 1000000000001 5",
                "ended application_x_0002 1 5",
            })
    void aDamagedLineOfEndedTasksCostsWhatFollowsIt(String damaged) throws Exception {
        Path file = folder.resolve("damaged");
        Files.writeString(file, container(1) + " 5\nended " + application(1) + " 2 3000000000\n" + damaged + "\n");

        RecoveryFile read = new RecoveryFile(file);
        assertThat(read.recovered(container(1)).attainedNanos()).isEqualTo(5);
        assertThat(read.ended()).isEqualTo(Map.of(application(1), new EndedTasks(2, 3)));
    }

    @Test
    void withoutAFileNothingIsKept() {
        RecoveryFile none = new RecoveryFile(null);
        none.write(List.of(view(1, 7_000)), Map.of(application(1), TERMS), Map.of(), id -> false);
        assertThat(none.recovered(container(1))).isEqualTo(NOTHING);
    }

    private static TaskView<ContainerId> view(int number, long attainedNanos) {
        return new TaskView<>(
                new TaskRequest<>(container(number), application(number), 1, 64, true),
                TaskView.State.RUNNING,
                attainedNanos,
                0,
                0,
                false,
                false);
    }

    /** One task for each application. */
    private static ContainerId container(int number) {
        return ContainerId.newContainerId(ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, number), 1), 1);
    }

    private static String application(int number) {
        return ApplicationId.newInstance(1, number).toString();
    }
}
