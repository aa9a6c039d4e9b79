/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import io.kairos.workloads.model.Workload;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The generators by name. */
public enum WorkloadGenerator {
    PAPER(
            "the 100-job mix of the Kairos paper: 95 short jobs, 5 long ones with most of the work",
            PaperGenerator::generate),
    YAHOO(
            "like the Yahoo trace of the Hawk and Eagle papers: 9.5 % long jobs with 98.5 % of the work",
            TraceFigures.YAHOO),
    CLOUDERA(
            "like the Cloudera-c trace of the Hawk and Eagle papers: 5 % long jobs with 93 % of the work",
            TraceFigures.CLOUDERA),
    FACEBOOK(
            "like the Facebook 2010 trace of the Hawk and Eagle papers: 2 % long jobs with 99.8 % of the work",
            TraceFigures.FACEBOOK),
    PARETO(
            "mean task duration of a job: bounded Pareto, shape 1.1, range 1 to 1000",
            new DistributionGenerator("pareto", TaskDurations::boundedPareto, true)::generate),
    HYPEREXPONENTIAL(
            "mean task duration of a job: 95 % short, 5 % 44 times as long, each exponential",
            new DistributionGenerator("hyperexponential", TaskDurations::hyperexponential, true)::generate),
    WEIBULL(
            "mean task duration of a job: Weibull, shape 0.4",
            new DistributionGenerator("weibull", TaskDurations::weibull, true)::generate),
    EXPONENTIAL(
            "light-tailed control: all jobs alike, each task exponential",
            new DistributionGenerator("exponential", TaskDurations::exponential, false)::generate);

    private interface Source {
        Workload generate(GeneratorSettings settings, long seed);
    }

    private final String description;
    // The sources are stateless, yet no checker can prove it of functions.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Source source;

    WorkloadGenerator(String description, Source source) {
        this.description = description;
        this.source = source;
    }

    WorkloadGenerator(String description, TraceFigures figures) {
        this(description, (settings, seed) -> TraceLikeGenerator.generate(figures, settings, seed));
    }

    /** The name people type. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line. */
    public String description() {
        return description;
    }

    /** Draws a workload; the same settings and seed give the same workload. */
    public Workload generate(GeneratorSettings settings, long seed) {
        return source.generate(settings, seed);
    }

    /**
     * The generator of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static WorkloadGenerator named(String label) {
        return Arrays.stream(values())
                .filter(generator -> generator.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown workload '" + label + "', expected one of "
                        + Arrays.stream(values()).map(WorkloadGenerator::label).collect(Collectors.joining(", "))));
    }
}
