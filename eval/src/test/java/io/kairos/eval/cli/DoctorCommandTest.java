/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.demo.YarnRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself; what it finds is tested where that is found. */
class DoctorCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void example(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Files.copy(Path.of("..", "conf", "yarn-site.xml"), folder.resolve("yarn-site.xml"));
        property("yarn.resourcemanager.hostname", "localhost");
        // Nobody listens there.
        property("yarn.resourcemanager.webapp.address", "localhost:1");
        Files.writeString(
                folder.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name><value>hdfs://nn.example.org</value></property>"
                        + "</configuration>");
        Files.writeString(
                folder.resolve("capacity-scheduler.xml"),
                "<configuration><property><name>yarn.scheduler.capacity.root.queues</name><value>default</value>"
                        + "</property><property><name>yarn.scheduler.capacity.root.default.capacity</name>"
                        + "<value>100</value></property></configuration>");
    }

    private void property(String key, String value) throws IOException {
        Path file = folder.resolve("yarn-site.xml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "</configuration>",
                                "<property><name>" + key + "</name><value>" + value
                                        + "</value></property>\n</configuration>"));
    }

    private int run(String... more) {
        out.reset();
        err.reset();
        Console console =
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
        String[] arguments = new String[more.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return KairosCommand.commandLine(YarnRun::new, console).execute(arguments);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    /** The example that admins start from is in good order. */
    @Test
    void theExampleHasNothingWorseThanAdvice() {
        assertThat(run("--conf", folder.toString(), "--no-node"))
                .as(out::toString)
                .isZero();
        assertThat(lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.startsWith("not checked: running cluster: http://localhost:1: nobody"));
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFaultIsStatusOneAndInTheJson() throws IOException {
        property("yarn.resourcemanager.kairos.queue-bound", "0");
        Path json = folder.resolve("doctor.json");

        assertThat(run("--conf", folder.toString(), "--no-node", "--json", json.toString()))
                .isEqualTo(1);
        JsonNode written = new ObjectMapper().readTree(Files.readString(json));
        assertThat(written.path("warnings").asInt()).isEqualTo(1);
        JsonNode finding = written.path("findings").path(0);
        assertThat(finding.path("name").asText()).isEqualTo("queue-bound-zero");
        assertThat(finding.path("severity").asText()).isEqualTo("warning");
        assertThat(finding.path("what").asText()).contains("yarn.resourcemanager.kairos.queue-bound is '0'");
        assertThat(finding.path("why").asText()).isNotEmpty();
        assertThat(finding.path("mend").path(1).asText())
                .isEqualTo("<property><name>yarn.resourcemanager.kairos.queue-bound</name>");
        assertThat(written.path("checked")).isNotEmpty();
        assertThat(written.path("notChecked").path(0).path("why").asText()).isNotEmpty();
    }

    @Test
    void aResourceManagerThatIsNamedMustAnswer() {
        assertThat(run("--conf", folder.toString(), "--no-node", "--rm", "http://localhost:1"))
                .isEqualTo(1);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("error rm-without-answer: http://localhost:1: nobody listens there"));
    }

    @Test
    void thisMachineIsLookedOverAsANode() {
        run("--conf", folder.toString());
        assertThat(lines())
                .anyMatch(line -> line.startsWith("seen: processes would be paused by the pauser "))
                .noneMatch(line -> line.contains("--no-node"));
        assertThat(lines().get(0)).startsWith("Kairos doctor: yarn-site.xml, ");
    }

    @Test
    void wrongUseIsOneLineAndStatusTwo() throws IOException {
        wrong("no such folder; expected one with the cluster's yarn-site.xml", "--conf", folder + "/none");
        wrong("expected the web address of a ResourceManager", "--conf", folder.toString(), "--rm", "host");
        wrong("no such file; expected Docker's daemon.json", "--conf", folder.toString(), "--docker-config", "none");
        wrong("no such file; expected Spark's defaults", "--conf", folder.toString(), "--spark-defaults", "none");
        wrong("user 'no-one-here' is not known", "--conf", folder.toString(), "--user", "no-one-here");
        Files.writeString(folder.resolve("mapred-site.xml"), "<configuration>\n</configuratoin>");
        wrong("mapred-site.xml:2: expected well-formed XML, but ", "--conf", folder.toString());
    }

    private void wrong(String message, String... arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("kairos doctor: ")
                .contains(message);
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
