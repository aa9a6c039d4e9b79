/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.doctor.site.DockerDaemon;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.doctor.site.SiteException;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.eval.doctor.site.SparkDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read is one line; what can is known with its place. */
class SiteFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private SiteFiles read() throws SiteException {
        return SiteFiles.read(folder, Known.not("none"), Known.not("none"));
    }

    private void refused(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(SiteException.class)
                .hasMessage(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderThatIsNoneOrHasNoConfiguration() throws IOException {
        refused(folder + ": no yarn-site.xml in it; expected the cluster's configuration");
        Path file = Files.createFile(folder.resolve("file"));
        folder = file;
        refused(file + ": no folder; expected one with the cluster's yarn-site.xml");
        folder = file.resolveSibling("nowhere");
        refused(folder + ": no such folder; expected one with the cluster's yarn-site.xml");
    }

    @Test
    void malformedXmlIsToldWithFileAndLine() throws IOException {
        Path file = folder.resolve("yarn-site.xml");
        Files.writeString(file, "<configuration>\n<property>\n<name>a</name>\n</configuration>\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(SiteException.class)
                .hasMessageStartingWith(file + ":4: expected well-formed XML, but ")
                .hasMessageNotContaining("\n");

        Files.writeString(file, "");
        assertThatThrownBy(this::read).hasMessageStartingWith(file + ":1: expected well-formed XML, but ");

        Files.writeString(file, "<?xml version=\"1.0\"?>\n<allocations/>");
        refused(file + ":2: expected <configuration>, not <allocations>");
    }

    @Test
    void aFileThatCannotBeReadIsToldWhicheverItIs() throws IOException {
        Files.writeString(folder.resolve("yarn-site.xml"), "<configuration/>");
        Path core = Files.createDirectory(folder.resolve("core-site.xml"));

        assertThatThrownBy(this::read)
                .isInstanceOf(SiteException.class)
                .hasMessageStartingWith(core + ": ")
                .hasMessageContaining("expected a file that can be read");
    }

    @Test
    void aKeyIsToldWithItsLineOrWithWhatCountsInstead() throws Exception {
        Files.writeString(
                folder.resolve("yarn-site.xml"),
                """
                <!DOCTYPE configuration>
                <configuration>
                  <property><name>b</name><value>${a}/x</value></property>
                  <property>
                    <name> c </name>
                    <value/>
                  </property>
                  <property name="d" value="4"/>
                </configuration>
                """);
        Files.writeString(
                folder.resolve("core-site.xml"),
                "<configuration><property><name>a</name><value> 1 </value></property></configuration>");
        SiteFiles files = read();

        assertThat(files.told("b")).isEqualTo("yarn-site.xml:3: b is '1 /x'");
        assertThat(files.told("c")).isEqualTo("yarn-site.xml:5: c has no value");
        assertThat(files.told("d")).isEqualTo("yarn-site.xml:8: d is '4'");
        assertThat(files.told("a")).isEqualTo("core-site.xml:1: a is '1'");
        assertThat(files.told("e")).isEqualTo("yarn-site.xml: e is not set");
        assertThat(files.told("yarn.resourcemanager.recovery.enabled"))
                .isEqualTo("yarn-site.xml: yarn.resourcemanager.recovery.enabled is not set, so 'false'");
        assertThat(files.present()).containsExactly("yarn-site.xml", "core-site.xml");
    }

    @ParameterizedTest
    @CsvSource({
        "120s, s, 120000",
        "120, s, 120000",
        "120, ms, 120",
        "2min, s, 120000",
        " 1h , s, 3600000",
        "5x, s, -1",
        "99999999999999999999s, s, 5000000000000",
        "99999999999999999999d, s, 432000000000000000"
    })
    void sparksTimes(String text, String unit, long millis) throws Exception {
        Files.writeString(folder.resolve("spark-defaults.conf"), "# mine\nspark.a   " + text + "\n");
        SparkDefaults spark = SparkDefaults.read(folder.resolve("spark-defaults.conf"));

        assertThat(spark.time("spark.a", "1", unit).map(Duration::toMillis).orElse(-1L))
                .isEqualTo(millis);
        assertThat(spark.time("spark.b", "7s", "ms")).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "1g, 1024",
        "512m, 512",
        "700, 700",
        "2048k, 2",
        "1t, 1048576",
        "3GB, 3072",
        "much, -1",
        "99999999999999999999t, 9223372036853727232"
    })
    void sparksMemory(String text, long megabytes) throws Exception {
        Files.writeString(folder.resolve("spark-defaults.conf"), "spark.a=" + text + "\n");
        SparkDefaults spark = SparkDefaults.read(folder.resolve("spark-defaults.conf"));

        assertThat(spark.mebibytes("spark.a", "1").orElse(-1L)).isEqualTo(megabytes);
    }

    @Test
    void theEnginesFile() throws Exception {
        Path file = folder.resolve("daemon.json");
        Files.writeString(
                file, "{\"live-restore\": true,\n \"exec-opts\": [\"a=b\", \"native.cgroupdriver=systemd\"]}");
        assertThat(DockerDaemon.read(file).liveRestore()).isTrue();
        assertThat(DockerDaemon.read(file).cgroupDriver()).contains("systemd");

        Files.writeString(file, "{\n\"live-restore\": ture}");
        assertThatThrownBy(() -> DockerDaemon.read(file))
                .isInstanceOf(SiteException.class)
                .hasMessageStartingWith(file + ":2: expected JSON, but ")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> DockerDaemon.read(folder.resolve("none.json")))
                .hasMessage(folder.resolve("none.json") + ": no such file; expected Docker's daemon.json");
        assertThatThrownBy(() -> SparkDefaults.read(folder.resolve("none.conf")))
                .hasMessage(folder.resolve("none.conf")
                        + ": no such file; expected Spark's defaults, a key and a value a line");
    }
}
