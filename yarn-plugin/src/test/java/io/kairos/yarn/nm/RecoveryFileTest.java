/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.yarn.nm.RecoveryFile.Recovered;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RecoveryFileTest {
    private static final ApplicationTerms TERMS = new ApplicationTerms(0.25, false, true);
    private static final Recovered NOTHING = new Recovered(0, Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenDownIsThereAfterARestart() {
        Path file = folder.resolve("recovery").resolve("file");
        new RecoveryFile(file).write(List.of(view(1, 7_000), view(2, 0)), Map.of(application(1), TERMS));

        RecoveryFile after = new RecoveryFile(file);
        assertThat(after.recovered(container(1))).isEqualTo(new Recovered(7_000, Optional.of(TERMS)));
        assertThat(after.recovered(container(2))).isEqualTo(NOTHING);
        assertThat(after.recovered(container(3))).isEqualTo(NOTHING);

        after.write(List.of(), Map.of());
        assertThat(new RecoveryFile(file).recovered(container(1))).isEqualTo(NOTHING);
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
    void withoutAFileNothingIsKept() {
        RecoveryFile none = new RecoveryFile(null);
        none.write(List.of(view(1, 7_000)), Map.of(application(1), TERMS));
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
