/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the archive says of its files, whoever unpacks it. */
class ArchiveIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Archive archive;

    @BeforeAll
    static void read() throws IOException {
        archive = Archive.built();
    }

    @Test
    void nothingIsOutsideOfItsFolder() {
        assertThat(archive.entries()).isNotEmpty().allSatisfy(entry -> assertThat(entry.name())
                .startsWith(archive.folder() + "/")
                .doesNotContain("/../", "//"));
        assertThat(archive.entries()).extracting(Archive.Entry::name).doesNotHaveDuplicates();
    }

    @Test
    void itHoldsFilesAndFoldersAlone() {
        assertThat(archive.entries())
                .extracting(Archive.Entry::header)
                .allMatch(header -> header.isFile() || header.isDirectory());
    }

    @Test
    void foldersAndScriptsAreForAllToUseAndNothingElseIsExecutable() {
        assertThat(archive.entries()).allSatisfy(entry -> assertThat(entry.mode())
                .as(entry.name())
                .isEqualTo(entry.header().isDirectory() || entry.script() ? 0755 : 0644));
        assertThat(archive.entries())
                .filteredOn(Archive.Entry::script)
                .extracting(Archive.Entry::name)
                .contains(archive.folder() + "/kairos", archive.folder() + "/conf/docker/local-image");
    }

    @Test
    void nothingTellsWhoBuiltItAndWhen() {
        assertThat(archive.entries())
                .extracting(Archive.Entry::header)
                .allMatch(header -> header.getLongUserId() == 0 && header.getLongGroupId() == 0)
                .allMatch(header -> header.getUserName().equals("root")
                        && header.getGroupName().equals("root"));
        assertThat(archive.entries())
                .extracting(entry -> entry.header().getLastModifiedTime())
                .containsOnly(archive.entries().get(0).header().getLastModifiedTime());
    }

    @Test
    void theBuildOfTheReleaseIsNotPartOfIt() {
        assertThat(archive.entries())
                .extracting(Archive.Entry::header)
                .extracting(TarArchiveEntry::getName)
                .contains(archive.folder() + "/README.md", archive.folder() + "/LICENSE")
                .contains(archive.folder() + "/conf/yarn-site.xml", archive.folder() + "/docs/keys.md")
                .noneMatch(name -> name.contains("/conf/release"));
    }
}
