/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It takes root. */
class SubmittersFileSystemTest {
    private static final LocalReader READER = LocalReader.of("somebody", new UserIds("4711", "4712", List.of("4713")));

    private final Configuration configuration = new Configuration(false);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can read as others");
        setMode(folder, "rwxr-xr-x");
        SubmittersFileSystem.use(configuration, READER);
        configuration.set(
                YarnConfiguration.NM_LOCAL_DIRS, folder.resolve("local").toString());
    }

    @Test
    void theReadersRightsCountAndNotRoots() throws IOException {
        Path file = setMode(Files.writeString(folder.resolve("file"), "text"), "rw-r-----");
        refused(() -> read(file));
        Files.setAttribute(file, "unix:gid", 4713);
        assertThat(read(file)).isEqualTo("text");

        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path inside = Files.writeString(closed.resolve("inside"), "text");
        setMode(closed, "rwx------");
        Path link = Files.createSymbolicLink(folder.resolve("link"), inside);
        for (Path hidden : List.of(inside, link, folder.resolve("closed/../closed/inside"))) {
            refused(() -> read(hidden));
            refused(() -> files(hidden).getFileStatus(path(hidden)));
        }
        refused(() -> files(closed).listStatus(path(closed)));
        setMode(closed, "rwx--x--x");
        assertThat(read(link)).isEqualTo("text");
        refused(() -> files(closed).listStatus(path(closed)));
    }

    /** As Hadoop's archives do, it gets its file systems by the configuration it was made with. */
    @Test
    void anotherFileSystemThatLeadsHereIsNoWayRound() throws IOException {
        Path file = setMode(Files.writeString(folder.resolve("file"), "text"), "rw-------");
        configuration.set("fs.viewfs.mounttable.test.link./here", folder.toUri().toString());
        configuration.set("fs.viewfs.impl.disable.cache", "true");
        org.apache.hadoop.fs.Path seen = new org.apache.hadoop.fs.Path("viewfs://test/here/file");
        try (FileSystem view = seen.getFileSystem(configuration)) {
            refused(() -> view.open(seen).read());
            setMode(file, "rw-r--r--");
            assertThat(view.open(seen).read()).isEqualTo('t');
        }
    }

    @Test
    void whatIsToldOfFilesIsWhatTheHostsFileSystemTells() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path odd = Files.writeString(inner.resolve("a:b\tc\nd é"), "12345");
        Files.setLastModifiedTime(odd, FileTime.from(1_700_000_000_123_999L, TimeUnit.MICROSECONDS));
        Files.writeString(inner.resolve(".x.crc"), "");
        Files.createSymbolicLink(inner.resolve("link"), odd);
        Files.createDirectory(inner.resolve("deeper"));
        FileSystem plain = FileSystem.getLocal(new Configuration(false));

        for (FileStatus expected : plain.listStatus(path(inner))) {
            assertThat(describe(files(inner).getFileStatus(expected.getPath()))).isEqualTo(describe(expected));
        }
        assertThat(Arrays.stream(files(inner).listStatus(path(inner))).map(SubmittersFileSystemTest::describe))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(plain.listStatus(path(inner)))
                        .map(SubmittersFileSystemTest::describe)
                        .toList());
        refused(() -> files(inner).getFileStatus(path(inner.resolve("nothing"))));
        assertThatThrownBy(() -> files(inner).getFileStatus(path(Path.of("/dev/null"))))
                .hasMessageContaining("neither a file nor a folder");
    }

    @Test
    void aFileIsReadFromAnyPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        try (FSDataInputStream in = files(file).open(path(file))) {
            in.seek(7);
            assertThat(in.read()).isEqualTo('7');
            in.seek(2);
            assertThat(in.read()).isEqualTo('2');
            byte[] middle = new byte[2];
            in.readFully(4, middle);
            assertThat(new String(middle, StandardCharsets.UTF_8)).isEqualTo("45");
            assertThat(in.getPos()).isEqualTo(3);
        }
    }

    /** It lies where the user cannot come yet, and is asked for by that very path. */
    @Test
    void theCopyThatIsBeingMadeIsLookedAtByRootAndNotRead() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("local/filecache/10_tmp/copy"));
        Files.writeString(copy.resolve("file"), "text");
        setMode(folder.resolve("local"), "rwx------");
        assertThat(files(copy).listStatus(path(copy))).hasSize(1);
        assertThat(files(copy).getFileStatus(path(copy.resolve("file"))).getLen())
                .isEqualTo(4);
        refused(() -> files(copy).open(path(copy.resolve("file"))).read());
        refused(() -> files(copy).getFileStatus(path(folder.resolve("local/filecache/10_tmp"))));
        refused(() -> files(folder).listStatus(path(copy)));
    }

    @Test
    void forItselfTheNodeManagerReadsAsUsual() throws IOException {
        SubmittersFileSystem.use(configuration, LocalReader.EVERYBODY);
        Path file = setMode(Files.writeString(folder.resolve("file"), "text"), "rw-------");
        assertThat(read(file)).isEqualTo("text");
        assertThat(files(folder).listStatus(path(folder))).hasSize(1);
    }

    @Test
    void theHostHasWhatItTakes() throws IOException {
        LocalReader.check();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining(
                        " is not there, or not readable for user 'somebody': expected a resource that is");
    }

    private String read(Path file) throws IOException {
        try (FSDataInputStream in = files(file).openFile(path(file)).build().join()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private FileSystem files(Path asked) throws IOException {
        return path(asked).getFileSystem(configuration);
    }

    private static org.apache.hadoop.fs.Path path(Path path) {
        return new org.apache.hadoop.fs.Path("file", null, path.toString());
    }

    private static String describe(FileStatus file) {
        return file.getPath() + " " + file.getLen() + " " + file.isDirectory() + " " + file.getModificationTime() + " "
                + file.getPermission();
    }

    private static Path setMode(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
