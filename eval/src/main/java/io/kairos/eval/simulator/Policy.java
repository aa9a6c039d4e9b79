/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scheduling policy by the name that users give it, such as {@code kairos} or {@code kairos:tie=oldest}. Immutable. */
public final class Policy {
    private static final ImmutableSet<String> ESTIMATE = ImmutableSet.of("estimate");
    private static final double MOST_SECONDS = 3_600;

    private final String label;
    private final Kind kind;
    private final PolicyOptions options;

    private Policy(String label, Kind kind, PolicyOptions options) {
        this.label = label;
        this.kind = kind;
        this.options = options;
    }

    /** The policies there are, in the order of their names, with the options that they take. */
    private enum Kind {
        BIG_C(ImmutableSet.of("mode", "estimate")),
        CAPACITY(ImmutableSet.of("heartbeat")),
        DLWL(ImmutableSet.of("heartbeat", "srpt", "estimate")),
        EAGLE(ESTIMATE),
        FIFO(Composition.FIFO),
        HAWK(ESTIMATE),
        KAIROS(Composition.KAIROS),
        KAIROS_JOB(Composition.KAIROS_JOB),
        LAS(Composition.LAS),
        LAS_GLOBAL(ImmutableSet.of()),
        LWL(ImmutableSet.of("srpt", "estimate")),
        PS(Composition.PS),
        RANDOM(Composition.RANDOM),
        SFS(Composition.SFS),
        SPARROW(ImmutableSet.of()),
        SRPT(ImmutableSet.of()),
        TWO_CHOICES(Composition.TWO_CHOICES),
        UNCONTENDED(ImmutableSet.of());

        private final ImmutableSet<String> keys;
        private final @Nullable Composition parts;

        Kind(ImmutableSet<String> keys) {
            this.keys = keys;
            this.parts = null;
        }

        Kind(Composition parts) {
            this.keys = Composition.KEYS;
            this.parts = parts;
        }

        static Kind named(String name) {
            for (Kind kind : values()) {
                if (UserNames.of(kind).equals(name)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "unknown policy '" + name + "': expected one of " + String.join(", ", names()));
        }
    }

    /** The names that {@link #parse} takes. */
    public static List<String> names() {
        return Arrays.stream(Kind.values()).map(UserNames::of).toList();
    }

    /**
     * The policy of that name, with options as {@code name:key=value:key=value}.
     *
     * @throws IllegalArgumentException if there is no such policy, option or value; its one line says what there is
     */
    public static Policy parse(String text) {
        List<String> parts = Splitter.on(':').splitToList(text);
        Kind kind = Kind.named(parts.get(0));
        PolicyOptions options = PolicyOptions.parse(parts.get(0), parts.subList(1, parts.size()), kind.keys);
        Policy policy = new Policy(text, kind, options);
        policy.check();
        return policy;
    }

    /** Looks at the value of each option once. */
    private void check() {
        composition();
        estimates();
        heartbeatSeconds();
        options.isOn("srpt", true);
        options.oneOf("mode", BigC.Mode.GRACEFUL);
    }

    /** As the user wrote it. */
    public String label() {
        return label;
    }

    /** Q as far as it means anything to the policy; else null. */
    @Nullable Integer queueBound(SimulationSettings settings) {
        Composition parts = composition();
        return parts != null && parts.isBounded() ? (Integer) parts.bound().in(settings) : null;
    }

    /** Whether W means anything to it. */
    boolean hasQuanta() {
        Composition parts = composition();
        return parts == null ? kind == Kind.LAS_GLOBAL : parts.hasQuanta();
    }

    /** What it is told of the jobs. */
    Estimates estimates() {
        return options.isSet("estimate") ? Estimates.parse(options.text("estimate", "")) : Estimates.EXACT;
    }

    private @Nullable Composition composition() {
        return kind.parts == null ? null : kind.parts.with(options);
    }

    private double heartbeatSeconds() {
        return options.number("heartbeat", kind == Kind.DLWL ? 8 : 1, 0.001, MOST_SECONDS);
    }

    /**
     * Puts its parts together for one run.
     *
     * @throws IllegalArgumentException as {@link #refuseUnknown} does
     */
    Assembly assemble(Run run) {
        Composition parts = composition();
        if (parts != null) {
            return parts.assemble(run);
        }
        refuseUnknown(run.settings());
        return Assembly.of(
                switch (kind) {
                    case BIG_C -> new BigC(run, options.oneOf("mode", BigC.Mode.GRACEFUL));
                    case CAPACITY -> new HeartbeatScheduler(run, heartbeatSeconds());
                    case DLWL ->
                        new ProbingScheduler(run, Probing.leastWork(options.isOn("srpt", true), heartbeatSeconds()));
                    case EAGLE -> new ProbingScheduler(run, Probing.EAGLE);
                    case HAWK -> new ProbingScheduler(run, Probing.HAWK);
                    case LAS_GLOBAL -> new GlobalLeastAttained(run);
                    case LWL -> new ProbingScheduler(run, Probing.leastWork(options.isOn("srpt", false), 0));
                    case SPARROW -> new ProbingScheduler(run, Probing.SPARROW);
                    case SRPT -> new ClairvoyantScheduler(run);
                    case UNCONTENDED -> new UncontendedScheduler(run);
                    case FIFO, KAIROS, KAIROS_JOB, LAS, PS, RANDOM, SFS, TWO_CHOICES ->
                        throw new IllegalStateException(kind + " is made of parts");
                });
    }

    /**
     * Makes sure that it knows how to run on such a cluster.
     *
     * @throws IllegalArgumentException if it does not; its one line says which policies do
     */
    public void refuseUnknown(SimulationSettings settings) {
        if (kind.parts != null) {
            return;
        }
        if (settings.failures() != null || !settings.areAllOfSpeedOne() || settings.placementInterval() > 0) {
            throw new IllegalArgumentException("policy '" + label
                    + "' knows no node failures, node speeds and placement intervals: expected one of "
                    + String.join(
                            ", ",
                            Arrays.stream(Kind.values())
                                    .filter(other -> other.parts != null)
                                    .map(UserNames::of)
                                    .toList()));
        }
    }
}
