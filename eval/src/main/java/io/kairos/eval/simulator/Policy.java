/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.base.Splitter;
import io.kairos.central.NodeCapacity;
import io.kairos.central.TieBreak;
import io.kairos.node.NodeSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A scheduling policy by the name that users give it, such as {@code kairos} or {@code kairos:tie=oldest}. Immutable. */
public final class Policy {
    private static final NodeSettings DEFAULTS = NodeSettings.defaults(1);

    /** More than ever come. */
    private static final int ANY_NUMBER = 1_000_000_000;

    private final String label;
    private final Kind kind;
    private final Map<String, String> options;

    private Policy(String label, Kind kind, Map<String, String> options) {
        this.label = label;
        this.kind = kind;
        this.options = options;
    }

    /** The policies there are, in the order of their names, with the options that they take. */
    private enum Kind {
        EAGLE,
        FIFO,
        HAWK,
        KAIROS("tie", "guard"),
        LAS,
        PS,
        SPARROW,
        SRPT;

        private final List<String> options;

        Kind(String... options) {
            this.options = List.of(options);
        }

        String userName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The names that {@link #parse} takes. */
    public static List<String> names() {
        return Arrays.stream(Kind.values()).map(Kind::userName).toList();
    }

    /**
     * The policy of that name, with options as {@code name:key=value:key=value}.
     *
     * @throws IllegalArgumentException if there is no such policy, option or value; its one line says what there is
     */
    public static Policy parse(String text) {
        List<String> parts = Splitter.on(':').splitToList(text);
        Kind kind = kind(parts.get(0));
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : parts.subList(1, parts.size())) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || !kind.options.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown option '" + option + "' of " + kind.userName() + ": expected " + expected(kind));
            }
            if (options.put(key, option.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'" + text + "': expected " + key + " once");
            }
        }
        Policy policy = new Policy(text, kind, options);
        policy.tieBreak();
        policy.guard();
        return policy;
    }

    private static String expected(Kind kind) {
        return kind.options.isEmpty() ? "none" : "KEY=VALUE with a key of " + String.join(", ", kind.options);
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.userName().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown policy '" + name + "': expected one of " + String.join(", ", names()));
    }

    /** As the user wrote it. */
    public String label() {
        return label;
    }

    /** Whether Q means anything to it. */
    boolean isBounded() {
        return kind == Kind.KAIROS;
    }

    /** Whether W means anything to it. */
    boolean hasQuanta() {
        return kind == Kind.KAIROS || kind == Kind.LAS;
    }

    Scheduler scheduler(Run run) {
        return switch (kind) {
            case EAGLE -> new ProbingScheduler(run, Probing.EAGLE);
            case FIFO -> inTurns(run, 0, (number, ends) -> new FirstComeNode(number, run, ends));
            case HAWK -> new ProbingScheduler(run, Probing.HAWK);
            case KAIROS -> kairos(run);
            case LAS -> las(run);
            case PS -> inTurns(run, ANY_NUMBER, (number, ends) -> new SharingNode(number, run, ends));
            case SPARROW -> new ProbingScheduler(run, Probing.SPARROW);
            case SRPT -> new ClairvoyantScheduler(run);
        };
    }

    private Scheduler kairos(Run run) {
        NodeCapacity capacity =
                new NodeCapacity(run.settings().slotsPerNode(), run.settings().queueBound());
        NodeSettings node = node(run.settings(), capacity.bound(), guard());
        TieBreak tieBreak = tieBreak();
        return new CentralScheduler(
                run, capacity, tieBreak, (number, ends) -> new KairosNode(number, run, node, tieBreak, ends));
    }

    private static Scheduler las(Run run) {
        NodeSettings node = node(run.settings(), Integer.MAX_VALUE, Optional.empty());
        return inTurns(
                run, ANY_NUMBER, (number, ends) -> new KairosNode(number, run, node, TieBreak.ROUND_ROBIN, ends));
    }

    /** Nodes that have equally few tasks take turns, and take so many more than they have slots. */
    private static Scheduler inTurns(Run run, int queueBound, CentralScheduler.NodeMaker maker) {
        NodeCapacity capacity = new NodeCapacity(run.settings().slotsPerNode(), queueBound);
        return new CentralScheduler(run, capacity, TieBreak.ROUND_ROBIN, maker);
    }

    private static NodeSettings node(SimulationSettings settings, int launchBound, Optional<Integer> guard) {
        return new NodeSettings(
                settings.slotsPerNode(),
                launchBound,
                Long.MAX_VALUE,
                Duration.ofNanos(Nanos.of(settings.quantum())),
                guard,
                DEFAULTS.guaranteedQuanta(),
                Optional.empty(),
                Optional.empty(),
                DEFAULTS.keepAlivePulse());
    }

    private TieBreak tieBreak() {
        return TieBreak.named(options.getOrDefault("tie", TieBreak.VARIANCE.userName()));
    }

    private Optional<Integer> guard() {
        String value = options.getOrDefault("guard", "on");
        return switch (value) {
            case "on" -> DEFAULTS.preemptionsBeforeGuarantee();
            case "off" -> Optional.empty();
            default -> throw new IllegalArgumentException("guard=" + value + ": expected on or off");
        };
    }
}
