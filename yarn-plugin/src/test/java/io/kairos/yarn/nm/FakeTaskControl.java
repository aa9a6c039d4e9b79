/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tasks that are only names; records what was done to them, and fails where it is told to. */
final class FakeTaskControl implements TaskControl<String> {
    final List<String> calls = new ArrayList<>();
    final Set<String> launched = new HashSet<>();
    final Set<String> frozen = new HashSet<>();
    final Set<String> cannotLaunch = new HashSet<>();
    final Set<String> exited = new HashSet<>();
    final Set<String> cannotPause = new HashSet<>();
    final Set<String> cannotResume = new HashSet<>();

    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public void launch(String task) {
        calls.add("launch " + task);
        if (cannotLaunch.contains(task)) {
            throw new OutOfMemoryError("no thread for " + task);
        }
        launched.add(task);
    }

    @Override
    public boolean isStarted(String task) {
        return launched.contains(task) && !exited.contains(task);
    }

    @Override
    public boolean isFrozen(String task) {
        return frozen.contains(task);
    }

    @Override
    public void pause(String task) throws IOException {
        calls.add("pause " + task);
        freeze(task);
    }

    @Override
    public void resume(String task) throws IOException {
        calls.add("resume " + task);
        thaw(task);
    }

    @Override
    public void startPulse(String task) throws IOException {
        calls.add("start pulse " + task);
        thaw(task);
    }

    @Override
    public void endPulse(String task) throws IOException {
        calls.add("end pulse " + task);
        freeze(task);
    }

    private void freeze(String task) throws IOException {
        if (exited.contains(task)) {
            throw new TaskEndingException(task + " has just exited");
        }
        if (cannotPause.contains(task)) {
            throw new IOException(task + " cannot be frozen");
        }
        frozen.add(task);
    }

    private void thaw(String task) throws IOException {
        if (cannotResume.contains(task)) {
            throw new IOException(task + " cannot be thawed");
        }
        frozen.remove(task);
    }
}
