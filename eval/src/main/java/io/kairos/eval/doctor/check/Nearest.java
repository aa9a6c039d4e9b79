/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Which of the right names somebody may have meant. */
final class Nearest {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Nearest() {}

    /** The nearest of several, of which there is at least one. */
    static String of(String written, Collection<String> right) {
        return right.stream()
                .min(Comparator.comparingInt(name -> DISTANCE.apply(written, name)))
                .orElseThrow();
    }

    /** The nearest, if it is near: no more than a third of it would have to be written anew. */
    static Optional<String> near(String written, Collection<String> right) {
        return right.isEmpty()
                ? Optional.empty()
                : Optional.of(of(written, right)).filter(name -> DISTANCE.apply(written, name) * 3 <= name.length());
    }
}
