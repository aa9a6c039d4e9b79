/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jobs there are, what each takes and how it is made. */
@SuppressWarnings("ImmutableEnumChecker") // The lists cannot be changed, the factories are constructors.
enum JobKind {
    PI("pi", "points of a square that fall into a circle", PiJob.OPTIONS, PiJob::new),
    SORT("sort", "a sort of generated records, range-partitioned through a shuffle", SortJob.OPTIONS, SortJob::new),
    AGGREGATE("aggregate", "sums by key; tasks can be held busy", AggregateJob.OPTIONS, AggregateJob::new),
    ITERATE("iterate", "PageRank over a cached graph", IterateJob.OPTIONS, IterateJob::new),
    BROADCAST(
            "broadcast",
            "a broadcast table used by every task, and a broadcast join",
            BroadcastJob.OPTIONS,
            BroadcastJob::new),
    SQL("sql", "QUERY|all: queries like those of the Star Schema Benchmark", SqlJob.OPTIONS, SqlJob::new);

    private final String word;
    private final String meaning;
    private final List<Option> options;
    private final Function<Arguments, CheckedJob> factory;

    JobKind(String word, String meaning, List<Option> own, Function<Arguments, CheckedJob> factory) {
        this.word = word;
        this.meaning = meaning;
        this.options = Stream.concat(own.stream(), CommonOptions.ALL.stream()).toList();
        this.factory = factory;
    }

    String word() {
        return word;
    }

    /** @throws JobFailureException if the first argument names no job */
    static JobKind named(String... args) {
        String name = args.length == 0 ? "nothing" : "'" + args[0] + "'";
        return Arrays.stream(values())
                .filter(kind -> args.length > 0 && kind.word.equals(args[0]))
                .findFirst()
                .orElseThrow(() -> JobFailureException.wrongUse(
                        "SparkJob: " + name + ", expected NAME [--key value ...] with one of "
                                + Arrays.stream(values()).map(JobKind::word).collect(Collectors.joining(", "))
                                + " as NAME, or --help"));
    }

    /**
     * @param args the job's name and what follows it
     * @throws JobFailureException if they are not what the job takes
     */
    Arguments parse(String... args) {
        try {
            return Arguments.parse(List.of(args).subList(1, args.length), options);
        } catch (IllegalArgumentException e) {
            throw JobFailureException.wrongUse("SparkJob " + word + ": " + e.getMessage());
        }
    }

    /** @throws JobFailureException if the arguments do not go together */
    CheckedJob create(Arguments arguments) {
        try {
            return factory.apply(arguments);
        } catch (IllegalArgumentException e) {
            throw JobFailureException.wrongUse("SparkJob " + word + ": " + e.getMessage());
        }
    }

    static String help() {
        StringBuilder help = new StringBuilder("SparkJob NAME [--key value ...]\n\nAll jobs take\n");
        CommonOptions.ALL.forEach(
                option -> help.append("  ").append(option.help()).append('\n'));
        for (JobKind kind : values()) {
            help.append("\n%-10s %s\n".formatted(kind.word, kind.meaning));
            kind.options.stream()
                    .filter(option -> !CommonOptions.ALL.contains(option))
                    .forEach(option -> help.append("  ").append(option.help()).append('\n'));
        }
        return help.toString();
    }
}
