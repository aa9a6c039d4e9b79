/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.util.Shell;

/**
 * What root does to folders in which another user may be at work at the same time: no link is followed, not even one that takes
 * the place of a folder while that is being looked at. The commands of the GNU utilities see to that, at any depth. In each case
 * the user must not be able to replace the given path itself.
 */
final class SafeTree {
    private SafeTree() {}

    /** Deletes a file, a link or a folder with all that is in it; nothing if there is none. */
    static void delete(Path path) throws IOException {
        Shell.execCommand("rm", "-rf", "--", path.toString());
    }

    /** Deletes what is neither a file nor a folder, at every depth: a log is read by its name, and a link would lead anywhere. */
    static void deleteSpecial(Path folder) throws IOException {
        if (Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            Shell.execCommand("find", folder.toString(), "!", "-type", "d", "!", "-type", "f", "-delete");
        }
    }

    /**
     * Gives a file, or a folder with all that is in it, to a user. The top comes last, and until then nobody but root must be able
     * to enter it; so one whose top is the user's already has been given before and is left alone. A file with several names is
     * left alone, too, for another name may be somebody else's.
     */
    static void give(Path path, UserIds ids) throws IOException {
        if (ids.user()
                .equals(Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS).toString())) {
            return;
        }
        Shell.execCommand(
                "find",
                path.toString(),
                "-depth",
                "(",
                "-type",
                "d",
                "-o",
                "-links",
                "1",
                ")",
                "-exec",
                "chown",
                "-h",
                ids.user() + ":" + ids.group(),
                "{}",
                "+");
    }
}
