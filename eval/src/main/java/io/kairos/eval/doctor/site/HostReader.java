/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import com.sun.management.OperatingSystemMXBean;
import io.kairos.yarn.conf.DockerKeys;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.Shell;

/** Looks at the machine this runs on, as a node of a configuration. */
public final class HostReader {
    private static final Path LINKS = Path.of("/proc/sys/fs/protected_symlinks");

    private HostReader() {}

    /**
     * @param user who runs the NodeManager
     * @throws IOException one line: the host does not know that user
     */
    public static Host read(Configuration configuration, String user) throws IOException {
        NodePlan plan = new NodePlan(configuration, Known.not("it is being read"));
        boolean root = ids(user, "-u").equals(List.of("0"));
        String socketPath = NodePlan.lenient(DockerKeys.HOST, configuration).substring("unix://".length());
        Host.Socket socket = socket(Path.of(socketPath), user, root);
        Known<Host.Engine> engine = plan.usesDocker()
                ? EngineReader.read(configuration)
                : Known.not("the executor that is set starts no Docker containers");
        PauserTrials trials = new PauserTrials(configuration, plan, root);
        boolean same = user.equals(System.getProperty("user.name"));
        String other = "that can only be tried as the NodeManager's user: sudo -u " + user + " ./kairos doctor ...";
        return new Host(
                name(),
                user,
                root,
                Runtime.getRuntime().availableProcessors(),
                memoryMb(),
                same ? trials.processes() : Known.not(other),
                same ? engine.part(found -> trials.containers(found.info())) : Known.not(other),
                plan.usesDocker()
                        ? Known.of(socket)
                        : Known.not("the executor that is set starts no Docker containers"),
                engine,
                linksProtected());
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static long memoryMb() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() >> 20
                : 0;
    }

    private static Host.Socket socket(Path path, String user, boolean root) throws IOException {
        if (!Files.exists(path)) {
            return new Host.Socket(path.toString(), false, false, false);
        }
        PosixFileAttributes file = Files.readAttributes(path.toRealPath(), PosixFileAttributes.class);
        Set<PosixFilePermission> rights = file.permissions();
        boolean openToAll = rights.contains(PosixFilePermission.OTHERS_WRITE);
        boolean usable;
        if (root) {
            usable = true;
        } else if (file.owner().getName().equals(user)) {
            usable = rights.contains(PosixFilePermission.OWNER_WRITE);
        } else if (ids(user, "-Gn").contains(file.group().getName())) {
            usable = rights.contains(PosixFilePermission.GROUP_WRITE);
        } else {
            usable = openToAll;
        }
        return new Host.Socket(path.toString(), true, usable, openToAll);
    }

    /** What {@code id} says of a user. */
    private static List<String> ids(String user, String option) throws IOException {
        try {
            return List.of(Shell.execCommand("id", option, "--", user).strip().split(" "));
        } catch (Shell.ExitCodeException e) {
            throw new IOException(
                    "user '" + user + "' is not known on this machine; expected the one that runs the" + " NodeManager",
                    e);
        }
    }

    private static Known<Boolean> linksProtected() {
        try {
            return Files.exists(LINKS, LinkOption.NOFOLLOW_LINKS)
                    ? Known.of(Files.readString(LINKS).strip().equals("1"))
                    : Known.not(LINKS + " is not there");
        } catch (IOException e) {
            return Known.not(LINKS + " cannot be read");
        }
    }
}
