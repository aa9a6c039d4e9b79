/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import java.math.BigDecimal;
import java.util.Locale;
import org.apache.hadoop.yarn.api.records.ContainerId;

/** Says a decision in a sentence, with the numbers that led to it. */
final class DecisionWords {
    private DecisionWords() {}

    static String of(Decision<ContainerId> decision) {
        return switch (decision.action()) {
            case HOLD -> "held, " + whyHeld(decision);
            case LAUNCH -> "launched, " + whyRun(decision);
            case PAUSE -> "paused for the " + ordinal(decision.preemptions()) + " time, " + whyPaused(decision);
            case RESUME -> "resumed, " + whyRun(decision);
            case PULSE_START -> "thawed for a moment, so that its heartbeats go out";
            case PULSE_END -> "paused again after its pulse";
            case GUARANTEE -> "guaranteed uninterrupted service, for it was " + whyGuaranteed(decision);
        };
    }

    private static String whyHeld(Decision<ContainerId> decision) {
        return switch (decision.reason()) {
            case NO_MEMORY -> "for the node's memory is taken by launched tasks, paused ones included";
            case BOUND -> "for the node has launched as many tasks as its bound N + Q allows: " + launched(decision);
            default -> "for all slots are busy with tasks that do not give way to it now: " + launched(decision);
        };
    }

    private static String launched(Decision<ContainerId> decision) {
        return decision.running() + " run, " + decision.paused() + " are paused";
    }

    private static String whyPaused(Decision<ContainerId> decision) {
        String attained = "it had attained " + attained(decision.attainedNanos(), decision.weight());
        ContainerId other = decision.counterpart();
        if (other == null) {
            return switch (decision.reason()) {
                case ADOPTED -> attained + " and more tasks were found on the node than it has slots";
                case FAILED_PAUSE -> attained + " and another task could not be paused";
                case SETTINGS -> attained + " and by the node's new settings, or the task's new terms, it waits";
                default -> attained + " and more tasks ran than the node has slots";
            };
        }
        String otherAttained = attained(decision.counterpartAttainedNanos(), decision.counterpartWeight());
        String comparison = attainedMore(decision)
                ? attained + ", more than " + other + ", which takes its place with " + otherAttained
                : attained + "; " + other + " takes its place with " + otherAttained
                        + ", for its application comes first";
        return switch (decision.reason()) {
            case QUANTUM -> "its quantum was over: " + comparison;
            case PAUSED_TOO_LONG ->
                "for " + other + " had been paused for the longest time allowed and takes its place; " + attained;
            default -> comparison;
        };
    }

    /** Not so where tasks are ordered by the keys of their applications. */
    private static boolean attainedMore(Decision<ContainerId> decision) {
        return decision.attainedNanos() / decision.weight()
                > decision.counterpartAttainedNanos() / decision.counterpartWeight();
    }

    private static String whyRun(Decision<ContainerId> decision) {
        String attained = "with " + attained(decision.attainedNanos(), decision.weight()) + " of service attained";
        ContainerId other = decision.counterpart();
        String place = other == null
                ? ""
                : " in the place of " + other + ", which had attained "
                        + attained(decision.counterpartAttainedNanos(), decision.counterpartWeight());
        return switch (decision.reason()) {
            case PAUSED_TOO_LONG -> "for it had been paused for the longest time allowed," + place;
            case FAILED_RESUME -> "once more, for the last try failed";
            case ADOPTED -> "as it was found when the NodeManager restarted, " + attained;
            case SETTINGS -> attained + ", as the node's new settings, or the task's new terms, have it";
            case FREE_SLOT -> attained + ", the first of those that waited: a slot was free";
            default -> attained + (other == null ? ": a slot was free" : place);
        };
    }

    private static String whyGuaranteed(Decision<ContainerId> decision) {
        return decision.reason() == Decision.Reason.PAUSED_TOO_LONG
                ? "paused for the longest time allowed"
                : "paused " + decision.preemptions() + " times";
    }

    private static String ordinal(int number) {
        int lastTwo = number % 100;
        String ending = lastTwo >= 11 && lastTwo <= 13
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + ending;
    }

    /** With a weight, what is compared is told as well. */
    private static String attained(long nanos, double weight) {
        return weight == 1
                ? seconds(nanos)
                : seconds(nanos) + " (" + seconds(nanos / weight) + " over weight "
                        + BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString() + ")";
    }

    private static String seconds(double nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
