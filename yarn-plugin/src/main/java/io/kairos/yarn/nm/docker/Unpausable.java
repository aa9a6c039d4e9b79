/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** For tasks that are never paused. Thread-safe: it holds nothing. */
final class Unpausable implements Pauser {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Optional<Path> prepare(String task) {
        return Optional.empty();
    }

    @Override
    public void pause(String task, long pid) throws IOException {
        throw new IOException("task " + task + " is none that is paused here");
    }

    @Override
    public void resume(String task, long pid) {
        // It runs.
    }

    @Override
    public boolean isPaused(String task, long pid) {
        return false;
    }

    @Override
    public void release(String task) {
        // Nothing was held.
    }
}
