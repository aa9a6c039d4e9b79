/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTreeTest {
    private static final UserIds USER = new UserIds("4711", "4712", List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path outside;

    @SuppressWarnings("NullAway.Init")
    private Path tree;

    /** A tree with a file, a file in a folder, and links to a file and to a folder that are not in it. */
    @BeforeEach
    void plant() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "kept");
        tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("file"), "");
        Files.writeString(Files.createDirectory(tree.resolve("inner")).resolve("file"), "");
        Files.createSymbolicLink(tree.resolve("link-to-file"), outside.resolve("precious"));
        Files.createSymbolicLink(tree.resolve("inner").resolve("link-to-folder"), outside);
    }

    @Test
    void whatLinksLeadToIsNotDeleted() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        SafeTree.delete(tree);
        SafeTree.delete(link);
        SafeTree.delete(folder.resolve("nothing"));

        assertThat(folder).isDirectoryNotContaining("glob:**/{tree,link}");
        assertThat(outside.resolve("precious")).hasContent("kept");
    }

    @Test
    void onlyFilesAndFoldersStayAmongTheLogs() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        SafeTree.deleteSpecial(tree);
        SafeTree.deleteSpecial(folder.resolve("nothing"));

        assertThat(tree).isDirectoryRecursivelyContaining("glob:**/inner/file");
        assertThat(tree.resolve("file")).exists();
        assertThat(tree).isDirectoryNotContaining("glob:**/{pipe,link*}");
        assertThat(tree.resolve("inner")).isDirectoryNotContaining("glob:**/link*");
        assertThat(outside.resolve("precious")).hasContent("kept");
    }

    @Test
    void aTreeIsGivenAndNothingThatIsNotInItAlone() throws IOException {
        assumeRoot();
        Files.createLink(tree.resolve("other-name"), outside.resolve("precious"));

        SafeTree.give(tree, USER);

        assertThat(owner(tree)).isEqualTo("4711:4712");
        assertThat(owner(tree.resolve("file"))).isEqualTo("4711:4712");
        assertThat(owner(tree.resolve("inner").resolve("file"))).isEqualTo("4711:4712");
        assertThat(owner(tree.resolve("link-to-file"))).isEqualTo("4711:4712");
        assertThat(owner(outside)).isEqualTo("0:0");
        assertThat(owner(outside.resolve("precious"))).isEqualTo("0:0");
    }

    /** Its user may have put anything into it meanwhile. */
    @Test
    void whatIsTheUsersAlreadyIsLeftAlone() throws IOException {
        assumeRoot();
        SafeTree.give(tree, USER);
        Path late = Files.writeString(tree.resolve("late"), "");

        SafeTree.give(tree, USER);

        assertThat(owner(late)).isEqualTo("0:0");
    }

    private static void assumeRoot() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    }

    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) + ":"
                + Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    }
}
