/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an agent tells, in words; decisions that are carried out show at the task control. Not thread-safe. */
final class RecordingListener implements AgentListener<String> {
    /** What went wrong, and what had to be put right. */
    final List<String> failures = new ArrayList<>();

    /** Action, task and reason of each decision that was only observed. */
    final List<String> observed = new ArrayList<>();

    /** The same decisions: action, task and whole seconds it had attained. */
    final List<String> observedSeconds = new ArrayList<>();

    final List<String> finished = new ArrayList<>();

    @Override
    public void decided(Decision<String> decision) {}

    @Override
    public void observed(Decision<String> decision) {
        String what = decision.action() + " " + decision.task() + " ";
        observed.add(what + decision.reason());
        observedSeconds.add(what + Duration.ofNanos(decision.attainedNanos()).toSeconds() + " s");
    }

    @Override
    public void finished(TaskView<String> last, long timeNanos, int running, int paused, int held) {
        finished.add(last.request().task() + ": " + running + " running, " + paused + " paused, " + held + " held");
    }

    @Override
    public void repaired(String task, boolean shouldBeFrozen) {
        failures.add(task + " was " + (shouldBeFrozen ? "thawed" : "frozen"));
    }

    @Override
    public void failed(String what, Throwable cause) {
        failures.add(what + ": " + cause.getMessage());
    }
}
