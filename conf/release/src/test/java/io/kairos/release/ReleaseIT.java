/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unpacked release: it is complete, says truly what it is made of, and its launcher works without Maven, compiler and sources. */
class ReleaseIT {
    private static final String PLUGIN = "kairos-yarn-plugin";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path release;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static String version;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Archive archive = Archive.built();
        release = archive.unpack(folder);
        version = archive.folder().replaceFirst("^kairos-", "");
    }

    @Test
    void thePluginJarHoldsAllItNeedsBelowItsOwnPackages() throws IOException {
        Path jar = release.resolve("plugin/" + PLUGIN + "-" + version + ".jar");
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(ZipEntry::getName))
                    .contains("io/kairos/yarn/rm/KairosScheduler.class")
                    .contains("io/kairos/shaded/dockerjava/api/DockerClient.class")
                    .contains("io/kairos/shaded/guava/collect/ImmutableList.class")
                    .noneMatch(name -> name.startsWith("com/"));
        }
        assertThat(files("plugin")).containsExactly(jar.getFileName().toString());
    }

    @Test
    void libIsTheLaunchersClassPathInItsOrder() throws IOException {
        List<String> expected = new ArrayList<>(List.of("eval-" + version + ".jar"));
        for (String jar :
                Files.readString(Path.of(property("kairos.class-path"))).split(File.pathSeparator, -1)) {
            expected.add(Path.of(jar).getFileName().toString());
        }
        assertThat(libraries()).containsExactlyElementsOf(expected).doesNotHaveDuplicates();
        assertThat(files("lib"))
                .containsAll(expected)
                .hasSize(expected.size() + 2)
                .contains("classpath.txt", "commit");
    }

    @Test
    void theBillOfThePluginJarListsWhatIsShadedIn() throws IOException {
        Bill bill = Bill.read(release.resolve("sbom/" + PLUGIN + ".cdx.json"));
        assertThat(bill.versionsOf("com.github.docker-java", "docker-java-core"))
                .hasSize(1);
        assertThat(bill.versionsOf("com.google.guava", "guava")).hasSize(1);
        assertThat(bill.versionsOf("io.kairos", "central-scheduler")).containsExactly(version);
        assertThat(bill.components())
                .allSatisfy(component ->
                        assertThat(component.licences()).as(component.name()).isPositive())
                .extracting(Bill.Component::group)
                .doesNotContain("org.apache.hadoop", "org.slf4j", "org.junit.jupiter");
    }

    @Test
    void theBillOfTheReleaseListsAllOfLibTheJobsAndThePluginJar() throws IOException {
        Bill bill = Bill.read(release.resolve("sbom/kairos.cdx.json"));
        List<String> expected = new ArrayList<>(libraries());
        expected.addAll(files("jobs"));
        expected.add("yarn-plugin-" + version + "-plugin.jar");
        assertThat(bill.components())
                .allSatisfy(component ->
                        assertThat(component.licences()).as(component.name()).isPositive())
                .extracting(Bill.Component::file)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theLauncherRunsThroughALinkAndWritesNothing(@TempDir Path tools, @TempDir Path elsewhere) throws Exception {
        List<String> before = everything();
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), release.resolve("kairos"));
        Launcher launcher = new Launcher(tools, elsewhere).withJava();

        Launcher.Outcome help = launcher.run(link, "--help");
        assertThat(help.printed()).contains("simulate", "status");
        assertThat(help.status()).isZero();

        Launcher.Outcome ofSimulate = launcher.run(link, "simulate", "--help");
        assertThat(ofSimulate.printed()).contains("--policy");
        assertThat(ofSimulate.status()).isZero();

        Launcher.Outcome simulation =
                launcher.run(link, "simulate", "--jobs", "20", "--nodes", "4", "--out", "results");
        assertThat(simulation.printed()).contains("fifo", "kairos", "completion time");
        assertThat(simulation.status()).isZero();
        assertThat(elsewhere.resolve("results/results.json")).isNotEmptyFile();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aReleaseThatLacksAJarSaysWhichInOneLine(@TempDir Path tools, @TempDir Path damaged) throws Exception {
        Path launcher = Files.copy(release.resolve("kairos"), damaged.resolve("kairos"));
        Files.createDirectory(damaged.resolve("lib"));
        Launcher.Outcome listMissing = new Launcher(tools, damaged).withJava().run(launcher, "--help");
        Path list = damaged.toRealPath().resolve("lib/classpath.txt");
        assertThat(listMissing.printed())
                .isEqualTo("kairos: " + list + " is missing: expected a complete release, unpack it again\n");
        assertThat(listMissing.status()).isEqualTo(1);
    }

    @Test
    void aListedJarThatIsMissingIsNamed(@TempDir Path tools, @TempDir Path damaged) throws Exception {
        Path launcher = Files.copy(release.resolve("kairos"), damaged.resolve("kairos"));
        Files.createDirectory(damaged.resolve("lib"));
        Files.copy(release.resolve("lib/classpath.txt"), damaged.resolve("lib/classpath.txt"));
        String first = libraries().get(0);
        Files.createFile(damaged.resolve("lib").resolve(first));
        Path second = damaged.toRealPath().resolve("lib").resolve(libraries().get(1));
        Launcher.Outcome outcome = new Launcher(tools, damaged).withJava().run(launcher, "--help");
        assertThat(outcome.printed())
                .isEqualTo("kairos: " + second + " is missing: expected a complete release, unpack it again\n");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void aHostWithoutJavaIsToldInOneLine(@TempDir Path tools) throws Exception {
        Launcher.Outcome outcome = new Launcher(tools, folder).run(release.resolve("kairos"), "--help");
        assertThat(outcome.printed()).isEqualTo("kairos: no java on the PATH: expected a Java runtime 17 or later\n");
        assertThat(outcome.status()).isEqualTo(2);
    }

    private static List<String> libraries() throws IOException {
        return Stream.of(Files.readString(release.resolve("lib/classpath.txt")).split(":", -1))
                .map(library -> library.replaceFirst("^lib/", ""))
                .toList();
    }

    private static List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(release.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Each file of the release, with its size and the time it was written. */
    private static List<String> everything() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(release)) {
            for (Path file : files.sorted().toList()) {
                found.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return found;
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name));
    }
}
