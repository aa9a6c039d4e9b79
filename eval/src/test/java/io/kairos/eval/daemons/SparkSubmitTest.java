/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private SparkSubmit submit;

    /** A project whose libraries are fetched already. */
    @BeforeEach
    void build() throws IOException {
        Installation installation = new Installation(home);
        Path description = installation.description("spark");
        Files.createDirectories(description.getParent());
        Files.writeString(description, "<project/>");
        Path kept = installation.kept("spark");
        Files.createDirectories(kept);
        Files.copy(description, kept.resolve("pom.xml"), StandardCopyOption.REPLACE_EXISTING);
        submit = new SparkSubmit(installation, new Libraries(installation, line -> {}));
    }

    private List<String> ofSpark(String... arguments) throws Exception {
        List<String> command =
                submit.client(home.resolve("conf"), List.of(arguments)).command();
        int first = command.indexOf("org.apache.spark.deploy.SparkSubmit");
        assertThat(command.subList(first + 1, first + 5))
                .startsWith("--master", "yarn", "--conf")
                .last()
                .asString()
                .startsWith("spark.yarn.jars=local:");
        return command.subList(first + 5, command.size());
    }

    @Test
    void aJarIsHandedOnWithAllOptionsAndArguments() throws Exception {
        assertThat(ofSpark("--verbose", "--class", "A", "job.jar", "--conf", "x"))
                .containsExactly("--verbose", "--class", "A", "job.jar", "--conf", "x");
    }

    @Test
    void aNameStandsForAJobOfThisProject() throws Exception {
        Path jar = home.resolve("workloads/spark/target/spark-jobs-1.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        assertThat(ofSpark("--deploy-mode", "cluster", "pi", "--slices", "8"))
                .containsExactly(
                        "--deploy-mode",
                        "cluster",
                        "--class",
                        "io.kairos.workloads.spark.SparkJob",
                        jar.toString(),
                        "pi",
                        "--slices",
                        "8");
    }

    @Test
    void anOptionMayHoldItsValue() throws Exception {
        assertThat(ofSpark("--num-executors=2", "job.jar", "x")).containsExactly("--num-executors=2", "job.jar", "x");
    }

    @Test
    void withoutAJobItSaysWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> submit.client(home, List.of("--conf", "a=b")))
                .withMessage("expected a job, such as pi, or a jar");
        assertThatThrownBy(() -> submit.client(home, List.of("pi")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected it as 'mvn package' makes it");
    }
}
