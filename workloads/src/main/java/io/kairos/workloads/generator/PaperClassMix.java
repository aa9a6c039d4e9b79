/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import com.google.common.collect.EnumMultiset;
import com.google.common.collect.Multiset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.random.RandomAdaptor;
import org.apache.commons.math3.random.RandomGenerator;

/** Which class each job of the paper's workload has. */
final class PaperClassMix {

    /** Positions of the long jobs among a hundred, from 1, as published. */
    private static final Map<Integer, PaperClass> PUBLISHED = Map.of(
            25, PaperClass.LONG,
            40, PaperClass.MEDIUM_LONG,
            53, PaperClass.LONG,
            73, PaperClass.LONG,
            92, PaperClass.MEDIUM_LONG);

    private PaperClassMix() {}

    /**
     * Classes in order of submission. Of a hundred jobs the long ones stand where they stood in the paper; of any other
     * number they are spread evenly. Short ones are shuffled among the other places.
     */
    static List<PaperClass> sequence(int jobs, RandomGenerator random) {
        Multiset<PaperClass> counts = counts(jobs);
        Map<Integer, PaperClass> longPlaces = jobs == 100
                ? PUBLISHED
                : spread(jobs, counts.count(PaperClass.MEDIUM_LONG), counts.count(PaperClass.LONG));
        List<PaperClass> shortJobs = new ArrayList<>();
        for (PaperClass jobClass : List.of(PaperClass.SMALL_WITHOUT_OPERATIONS, PaperClass.SMALL, PaperClass.MEDIUM)) {
            shortJobs.addAll(Collections.nCopies(counts.count(jobClass), jobClass));
        }
        Collections.shuffle(shortJobs, asRandom(random));
        List<PaperClass> sequence = new ArrayList<>(jobs);
        for (int place = 1, taken = 0; place <= jobs; place++) {
            PaperClass longJob = longPlaces.get(place);
            sequence.add(longJob != null ? longJob : shortJobs.get(taken++));
        }
        return sequence;
    }

    /** Jobs a class: largest remainders; among equal ones the longer class, as the long ones make the workload. */
    static Multiset<PaperClass> counts(int jobs) {
        Multiset<PaperClass> counts = EnumMultiset.create(PaperClass.class);
        int left = jobs;
        for (PaperClass jobClass : PaperClass.values()) {
            int whole = (int) ((long) jobs * jobClass.percent() / 100);
            counts.add(jobClass, whole);
            left -= whole;
        }
        List<PaperClass> byRemainder = new ArrayList<>(List.of(PaperClass.values()));
        byRemainder.sort(Comparator.<PaperClass>comparingLong(jobClass -> (long) jobs * jobClass.percent() % 100)
                .thenComparing(Comparator.naturalOrder())
                .reversed());
        counts.addAll(byRemainder.subList(0, left));
        return counts;
    }

    private static Map<Integer, PaperClass> spread(int jobs, int mediumLong, int longest) {
        int count = mediumLong + longest;
        Map<Integer, PaperClass> places = new TreeMap<>();
        for (int index = 0; index < count; index++) {
            int place = (int) ((index + 0.5) * jobs / count) + 1;
            // Medium-long ones stand evenly among the long ones.
            boolean medium = (index + 1) * mediumLong / count > index * mediumLong / count;
            places.put(place, medium ? PaperClass.MEDIUM_LONG : PaperClass.LONG);
        }
        return places;
    }

    private static Random asRandom(RandomGenerator random) {
        return RandomAdaptor.createAdaptor(random);
    }
}
