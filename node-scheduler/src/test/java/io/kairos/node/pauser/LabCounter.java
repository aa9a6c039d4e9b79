/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import io.kairos.node.docker.Lab;
import java.io.IOException;
import java.nio.file.Path;

/** The file into which the container that {@link Lab#COUNT} runs in counts. */
final class LabCounter {
    private LabCounter() {}

    static long size(Lab lab) {
        return file(lab).toFile().length();
    }

    static void awaitGrowth(Lab lab) {
        long before = size(lab);
        LiveTask.await("the counter grows", () -> size(lab) > before);
    }

    static void assertUnbroken(Lab lab) throws IOException {
        LiveTask.assertUnbroken(file(lab));
    }

    private static Path file(Lab lab) {
        return lab.file("counter");
    }
}
