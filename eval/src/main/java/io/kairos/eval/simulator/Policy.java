/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.base.Splitter;
import io.kairos.central.NodeCapacity;
import io.kairos.central.TieBreak;
import io.kairos.node.NodeSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A scheduling policy by the name that users give it, such as {@code kairos} or {@code kairos:tie=oldest}. Immutable.
 */
public final class Policy {
    private static final NodeSettings DEFAULTS = NodeSettings.defaults(1);

    private final String label;
    private final Kind kind;
    private final Map<String, String> options;

    private Policy(String label, Kind kind, Map<String, String> options) {
        this.label = label;
        this.kind = kind;
        this.options = options;
    }

    /** The policies there are. */
    private enum Kind {
        KAIROS("tie", "guard"),
        FIFO,
        SPARROW,
        HAWK,
        EAGLE,
        SRPT;

        private final List<String> options;

        Kind(String... options) {
            this.options = List.of(options);
        }

        String userName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The names that {@link #parse} takes. */
    public static List<String> names() {
        return java.util.Arrays.stream(Kind.values()).map(Kind::userName).toList();
    }

    /**
     * The policy of that name, with options as {@code name:key=value:key=value}.
     *
     * @throws IllegalArgumentException if there is no such policy, option or value; its one line says what there is
     */
    public static Policy parse(String text) {
        List<String> parts = Splitter.on(':').trimResults().splitToList(text);
        Kind kind = kind(parts.get(0));
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : parts.subList(1, parts.size())) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || !kind.options.contains(key)) {
                throw new IllegalArgumentException("unknown option '" + option + "' of " + kind.userName()
                        + ": expected "
                        + (kind.options.isEmpty()
                                ? "none"
                                : "KEY=VALUE with a key of " + String.join(", ", kind.options)));
            }
            options.put(key, option.substring(equals + 1));
        }
        Policy policy = new Policy(text, kind, options);
        policy.tieBreak();
        policy.guard();
        return policy;
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.userName().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown policy '" + name + "': expected one of " + String.join(", ", new TreeSet<>(names())));
    }

    /** As the user wrote it. */
    public String label() {
        return label;
    }

    /** Whether Q and W mean anything to it. */
    boolean isKairos() {
        return kind == Kind.KAIROS;
    }

    Scheduler scheduler(Simulation simulation, SimulationSettings settings, long seed, Tally tally) {
        Costs costs = settings.costs();
        return switch (kind) {
            case KAIROS -> kairos(simulation, settings, seed, tally);
            case FIFO ->
                new CentralScheduler(
                        simulation,
                        settings.nodes(),
                        new NodeCapacity(settings.slotsPerNode(), 0),
                        TieBreak.ROUND_ROBIN,
                        seed,
                        0,
                        costs,
                        tally,
                        (number, ends) -> new FirstComeNode(number, simulation, settings.slotsPerNode(), costs, ends));
            case SPARROW -> probing(Probing.SPARROW, simulation, settings, seed, tally);
            case HAWK -> probing(Probing.HAWK, simulation, settings, seed, tally);
            case EAGLE -> probing(Probing.EAGLE, simulation, settings, seed, tally);
            case SRPT -> new ClairvoyantScheduler(simulation, settings.slots(), tally);
        };
    }

    private Scheduler kairos(Simulation simulation, SimulationSettings settings, long seed, Tally tally) {
        NodeCapacity capacity = new NodeCapacity(settings.slotsPerNode(), settings.queueBound());
        NodeSettings node = new NodeSettings(
                settings.slotsPerNode(),
                capacity.bound(),
                Long.MAX_VALUE,
                Duration.ofNanos(Math.round(settings.quantum() * 1e9)),
                guard(),
                DEFAULTS.guaranteedQuanta(),
                Optional.empty(),
                Optional.empty(),
                DEFAULTS.keepAlivePulse());
        TieBreak tieBreak = tieBreak();
        return new CentralScheduler(
                simulation,
                settings.nodes(),
                capacity,
                tieBreak,
                seed,
                settings.reportNanos(),
                settings.costs(),
                tally,
                (number, ends) -> new KairosNode(number, simulation, node, tieBreak, settings.costs(), tally, ends));
    }

    private static Scheduler probing(
            Probing probing, Simulation simulation, SimulationSettings settings, long seed, Tally tally) {
        return new ProbingScheduler(
                simulation, settings.slots(), settings.shortReserved(), probing, seed, settings.costs(), tally);
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
