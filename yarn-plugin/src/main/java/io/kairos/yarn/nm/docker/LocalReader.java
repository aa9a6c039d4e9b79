/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.yarn.conf.DockerKeys;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads files of this host with the rights of one user, where this process is root. It does so by commands that have given up all
 * other rights before they look at a path: so it is the kernel that judges, at each folder and link on the way and at the very
 * moment of opening, and there is nothing between a check and its use to be won by a race. Immutable.
 *
 * @param whom who it is, for messages
 * @param ids whose rights are used
 */
record LocalReader(String whom, UserIds ids) {
    /** For what all may read: ids that no user of the host has, so that nobody can meddle with the commands. */
    static final LocalReader EVERYBODY =
            new LocalReader("everybody", new UserIds("4294967294", "4294967294", List.of()));

    private static final String KEY = "io.kairos.local-reader.";
    private static final String WHOM = KEY + "whom";
    private static final String USER = KEY + "user";
    private static final String GROUP = KEY + "group";
    private static final String GROUPS = KEY + "groups";

    static LocalReader of(String user, UserIds ids) {
        return new LocalReader("user '" + user + "'", ids);
    }

    /** The one that was {@link #write written}. */
    static LocalReader read(Configuration configuration) {
        return new LocalReader(
                configuration.get(WHOM, ""),
                new UserIds(
                        configuration.get(USER, ""),
                        configuration.get(GROUP, ""),
                        List.of(configuration.getTrimmedStrings(GROUPS))));
    }

    void write(Configuration configuration) {
        configuration.set(WHOM, whom);
        configuration.set(USER, ids.user());
        configuration.set(GROUP, ids.group());
        configuration.setStrings(GROUPS, ids.groups().toArray(String[]::new));
    }

    /** @throws IOException one line: this host has not what it takes */
    static void check() throws IOException {
        try (InputStream nothing = EVERYBODY.open("/dev/null")) {
            if (nothing.read() != -1) {
                throw new IOException("/dev/null is not empty");
            }
        } catch (IOException e) {
            throw new IOException(
                    DockerKeys.RUN_AS_USER.name()
                            + " is submitter: expected the command setpriv (util-linux) to work for root"
                            + " on this host, but " + e.getMessage(),
                    e);
        }
    }

    /** Starts to read a file from its beginning; that the reader may not, is told by {@link ReadAs#read}. */
    ReadAs open(String path) throws IOException {
        return new ReadAs(start("cat", "--", path), refused(path));
    }

    /**
     * What the command {@code find} prints about a path; links are followed.
     *
     * @param path an absolute one
     * @throws FileNotFoundException one line: there is nothing, or not for this reader
     */
    byte[] find(String path, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("find", "-L", path));
        command.addAll(List.of(options));
        try (InputStream found = new ReadAs(start(command.toArray(String[]::new)), refused(path))) {
            return found.readAllBytes();
        }
    }

    /** The variables of this process may be secrets; those of another user's are that user's to read. */
    private Process start(String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + ids.user(),
                "--regid=" + ids.group(),
                ids.groups().isEmpty() ? "--clear-groups" : "--groups=" + String.join(",", ids.groups()),
                "--no-new-privs",
                "--"));
        whole.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        return builder.start();
    }

    private String refused(String path) {
        return "file:" + path + " is not there, or not readable for " + whom
                + ": expected a resource that is, or one on a distributed file system, as "
                + DockerKeys.RUN_AS_USER.name() + " is submitter";
    }
}
