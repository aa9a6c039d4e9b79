/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

/** Where folders are. */
final class Places {
    private Places() {}

    /** Whether a folder is one that systems clear by themselves. */
    static boolean isTemporary(String folder) {
        String path = local(folder);
        return path.equals("/tmp") || path.startsWith("/tmp/") || path.startsWith("/var/tmp/");
    }

    /** Whether a folder is this machine's own, as far as its name says. */
    static boolean isLocal(String folder) {
        return folder.startsWith("/") || folder.startsWith("file:");
    }

    private static String local(String folder) {
        return folder.startsWith("file:") ? folder.substring("file:".length()).replaceFirst("^/*", "/") : folder;
    }
}
