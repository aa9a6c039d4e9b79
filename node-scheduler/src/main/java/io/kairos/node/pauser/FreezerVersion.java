/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;

/** How the two cgroup versions are told to freeze a group, and how they tell that it is frozen. */
enum FreezerVersion {
    /** The freezer controller; reads FREEZING while under way. A frozen process does not die of SIGKILL until it is thawed. */
    V1("cgroup v1 freezer", "freezer.state", "FROZEN", "THAWED", "freezer.state", "FROZEN", "THAWED"),
    /** The unified hierarchy, Linux 5.2 or later. A frozen process dies of SIGKILL. */
    V2("cgroup v2", "cgroup.freeze", "1", "0", "cgroup.events", "frozen 1", "frozen 0");

    private final String title;
    private final String requestFile;
    private final String freezeRequest;
    private final String thawRequest;
    private final String stateFile;
    private final String frozenLine;
    private final String thawedLine;

    FreezerVersion(
            String title,
            String requestFile,
            String freezeRequest,
            String thawRequest,
            String stateFile,
            String frozenLine,
            String thawedLine) {
        this.title = title;
        this.requestFile = requestFile;
        this.freezeRequest = freezeRequest;
        this.thawRequest = thawRequest;
        this.stateFile = stateFile;
        this.frozenLine = frozenLine;
        this.thawedLine = thawedLine;
    }

    String title() {
        return title;
    }

    Path requestFile(Path group) {
        return group.resolve(requestFile);
    }

    Path stateFile(Path group) {
        return group.resolve(stateFile);
    }

    void request(KernelFiles files, Path group, boolean frozen) throws IOException {
        files.write(requestFile(group), frozen ? freezeRequest : thawRequest);
    }

    /** A shell command that thaws the group. */
    String thawCommand(Path group) {
        return "echo " + thawRequest + " > '" + requestFile(group) + "'";
    }

    /** The line that confirms a request. */
    String confirmation(boolean frozen) {
        return frozen ? frozenLine : thawedLine;
    }

    boolean isConfirmed(KernelFiles files, Path group, boolean frozen) throws IOException {
        String confirmation = confirmation(frozen);
        return files.read(stateFile(group)).lines().anyMatch(confirmation::equals);
    }

    /** Whether the group is not plainly thawed: frozen, or a freeze is under way or was asked for and got stuck. */
    boolean isFreezeAsked(KernelFiles files, Path group) throws IOException {
        return !isConfirmed(files, group, false)
                || files.read(requestFile(group)).strip().equals(freezeRequest);
    }
}
