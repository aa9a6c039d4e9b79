/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainerLaunch;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.localizer.ContainerLocalizer;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerStartContext;

/**
 * The folders of one container that runs as another user than the NodeManager, which is root. They stay root's and are opened the
 * way /tmp is: all may write, nobody may replace what is another's. So the user can put no folder or link in the place of what the
 * NodeManager made. Other users of the host do not come as far, for the folders above are closed to them; other users' containers
 * do not have them mounted.
 */
final class UserFolders {
    private static final int ROOT = 0;
    private static final int CLOSED = 0700;
    private static final int PRIVATE = 0710;
    private static final int PASSABLE = 0711;
    private static final int USER = 0750;
    private static final int PUBLIC = 0755;
    private static final int SHARED = 01777;

    /** What YARN itself writes into the working folder. */
    private static final List<String> WRITTEN = List.of(
            ContainerLaunch.CONTAINER_SCRIPT,
            ContainerLaunch.FINAL_CONTAINER_TOKENS_FILE,
            ContainerLaunch.KEYSTORE_FILE,
            ContainerLaunch.TRUSTSTORE_FILE,
            "default_container_executor.sh",
            "default_container_executor_session.sh");

    /** Those of them that the user needs. */
    private static final List<String> HANDED_OVER = WRITTEN.subList(0, 4);

    /** Whether the kernel keeps others from following a user's links in open folders. */
    private static final Path PROTECTION = Path.of("/proc/sys/fs/protected_symlinks");

    private final ContainerStartContext context;
    private final Path work;

    UserFolders(ContainerStartContext context) {
        this.context = context;
        this.work = path(context.getContainerWorkDir().toString());
    }

    /** What of YARN's would follow a user's links, in one line; empty if the kernel forbids it, or YARN looks who owns a file. */
    static Optional<String> danger() throws IOException {
        if (UserGroupInformation.isSecurityEnabled()
                || Files.readString(PROTECTION).strip().equals("1")) {
            return Optional.empty();
        }
        return Optional.of(
                PROTECTION + " is not 1: a running container can show any file of this host among its logs on"
                        + " YARN's web page, by a link; expected sysctl fs.protected_symlinks=1, or Kerberos");
    }

    /**
     * Makes the folders, or takes them back from an earlier launch of the same container, so that YARN may write into them.
     *
     * @throws IOException one line: something else has the name of a folder, or a folder cannot be made
     */
    void close() throws IOException {
        for (String local : context.getLocalDirs()) {
            Path users = own(path(local).resolve(ContainerLocalizer.USERCACHE), PUBLIC);
            Path user = own(users.resolve(context.getUser()), USER);
            own(user.resolve(ContainerLocalizer.FILECACHE), PRIVATE);
            Path application =
                    own(own(user.resolve(ContainerLocalizer.APPCACHE), PRIVATE).resolve(context.getAppId()), PRIVATE);
            // Made before the user is let in: YARN will put files into it.
            own(application.resolve(ContainerLocalizer.FILECACHE), PRIVATE);
            setMode(own(application.resolve(container()), CLOSED), CLOSED);
        }
        for (String logs : context.getLogDirs()) {
            own(own(path(logs).resolve(context.getAppId()), PRIVATE).resolve(container()), PRIVATE);
        }
        for (String name : WRITTEN) {
            Files.deleteIfExists(work.resolve(name));
            Files.deleteIfExists(work.resolve("." + name + ".crc"));
        }
        Path temporary = work.resolve(YarnConfiguration.DEFAULT_CONTAINER_TEMP_DIR);
        if (!Files.isDirectory(temporary, NOFOLLOW_LINKS)) {
            Files.deleteIfExists(temporary);
        }
    }

    /** Lets the user in, and gives it the files that are for it alone. */
    void open(UserIds ids) throws IOException {
        List<Path> caches = new ArrayList<>();
        List<Path> opened = new ArrayList<>();
        for (String local : context.getLocalDirs()) {
            Path user = path(local).resolve(ContainerLocalizer.USERCACHE).resolve(context.getUser());
            Path application = user.resolve(ContainerLocalizer.APPCACHE).resolve(context.getAppId());
            caches.add(user.resolve(ContainerLocalizer.FILECACHE));
            caches.add(application.resolve(ContainerLocalizer.FILECACHE));
            opened.add(application);
            opened.add(application.resolve(container()));
        }
        for (Path cache : caches) {
            setMode(cache, PASSABLE);
        }
        for (org.apache.hadoop.fs.Path resource :
                context.getLocalizedResources().keySet()) {
            Path localized = path(resource.toString());
            if (caches.stream().anyMatch(localized::startsWith)) {
                SafeTree.give(localized, ids);
            }
        }
        for (String name : HANDED_OVER) {
            if (Files.exists(work.resolve(name), NOFOLLOW_LINKS)) {
                SafeTree.give(work.resolve(name), ids);
            }
        }
        Path temporary = work.resolve(YarnConfiguration.DEFAULT_CONTAINER_TEMP_DIR);
        SafeTree.give(temporary, ids);
        for (Path folder : opened) {
            setMode(folder, SHARED);
        }
        for (String logs : context.getLogDirs()) {
            setMode(path(logs).resolve(context.getAppId()).resolve(container()), SHARED);
        }
    }

    private String container() {
        return context.getContainer().getContainerId().toString();
    }

    /** A folder of root's. One that is there already must be one. */
    private static Path own(Path folder, int mode) throws IOException {
        try {
            Files.createDirectory(folder);
            setMode(folder, mode);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, NOFOLLOW_LINKS)
                    || !Files.getAttribute(folder, "unix:uid", NOFOLLOW_LINKS).equals(ROOT)) {
                throw new IOException(folder + " is there already: expected nothing, or a folder of root's", e);
            }
        }
        return folder;
    }

    private static void setMode(Path folder, int mode) throws IOException {
        Files.setAttribute(folder, "unix:mode", mode, NOFOLLOW_LINKS);
    }

    private static Path path(String text) {
        return Path.of(new org.apache.hadoop.fs.Path(text).toUri().getPath());
    }
}
