/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.util.Shell;

/**
 * Numeric ids of a user, as the host knows them; an image knows other names.
 *
 * @param user user id
 * @param group primary group id
 * @param groups further group ids
 */
record UserIds(String user, String group, List<String> groups) {
    UserIds {
        groups = List.copyOf(groups);
    }

    /** @throws IOException one line: the host does not know the user */
    static UserIds of(String name) throws IOException {
        try {
            // The command takes a number for a user, too; a name that looks like one must be a name all the same.
            if (!Shell.execCommand("id", "-un", "--", name).strip().equals(name)) {
                throw new IOException("user '" + name + "' is not known on this host by that name");
            }
            String user = Shell.execCommand("id", "-u", "--", name).strip();
            String group = Shell.execCommand("id", "-g", "--", name).strip();
            List<String> groups = Arrays.stream(
                            Shell.execCommand("id", "-G", "--", name).strip().split(" "))
                    .filter(id -> !id.equals(group))
                    .toList();
            return new UserIds(user, group, groups);
        } catch (Shell.ExitCodeException e) {
            throw new IOException("user '" + name + "' is not known on this host", e);
        }
    }
}
