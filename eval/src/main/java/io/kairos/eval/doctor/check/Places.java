/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import org.apache.hadoop.conf.Configuration;

/** Where folders are. */
final class Places {
    private Places() {}

    /** Whether a folder is one that systems clear by themselves. */
    static boolean isTemporary(String folder) {
        String path = local(folder);
        return path.equals("/tmp") || path.startsWith("/tmp/") || path.startsWith("/var/tmp/");
    }

    /** Whether a place is on a disk of the machine itself: a path without a scheme is in the cluster's file system. */
    static boolean isOnDisk(Configuration configuration, String place) {
        String system = configuration.getTrimmed("fs.defaultFS", "file:///");
        return place.startsWith("file:") || (place.startsWith("/") && system.startsWith("file:"));
    }

    private static String local(String folder) {
        return folder.startsWith("file:") ? folder.substring("file:".length()).replaceFirst("^/*", "/") : folder;
    }
}
