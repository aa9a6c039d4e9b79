/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.ClassPathReader;
import io.kairos.eval.doctor.site.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class path as the command {@code yarn} tells it, and what is on it. */
class ClassPathReaderTest {
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @BeforeEach
    void install(@TempDir Path folder) throws IOException {
        home = folder.resolve("hadoop");
        Path lib = Files.createDirectories(home.resolve("share/lib"));
        TestSite.jar(lib.resolve("any-plugin.jar"), "1.2", true);
        TestSite.jar(home.resolve("share/hadoop-yarn-server-nodemanager-3.4.3.jar"), "", false);
        Files.writeString(lib.resolve("no.jar"), "no jar");
    }

    private void yarn(String lines) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin")).resolve("yarn");
        Files.writeString(bin, "#!/usr/bin/env bash\n# HADOOP\n" + lines + "\n");
        Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Known<ClassPath> ofHadoop() {
        return ClassPathReader.ofHadoop(Path.of("/etc/conf"), Map.of("HADOOP_HOME", home.toString()));
    }

    @Test
    void yarnIsAskedWithTheFolderOfTheConfiguration() throws IOException {
        yarn("[[ \"$*\" == '--config /etc/conf classpath' ]] || exit 1\necho WARNING\necho \"" + home + "/share/*:"
                + home + "/share/lib/*:/not/there/*:\"");

        ClassPath classPath = ofHadoop().value().orElseThrow();
        assertThat(classPath.plugins()).singleElement().satisfies(jar -> {
            assertThat(jar.version()).isEqualTo("1.2");
            assertThat(jar.whole()).isTrue();
        });
        assertThat(classPath.hadoop()).containsExactly("3.4.3");
        assertThat(classPath.place()).contains(home.resolve("share/lib").toRealPath());
        assertThat(classPath.sparkShuffle()).isFalse();
    }

    @Test
    void whyItIsNotKnownIsTold() throws IOException {
        assertThat(ofHadoop().whyNot())
                .isEqualTo("there is no yarn on the PATH and no HADOOP_HOME; --class-path tells it");
        yarn("echo no JAVA_HOME >&2; exit 3");
        assertThat(ofHadoop().whyNot()).isEqualTo("'" + home + "/bin/yarn classpath' failed with status 3");
    }

    /** The package manager of JavaScript has a command of that name. */
    @Test
    void anotherYarnIsNotAsked() throws IOException {
        yarn("");
        Files.writeString(home.resolve("bin/yarn"), "#!/usr/bin/env node\n");
        assertThat(ofHadoop().isKnown()).isFalse();
    }
}
