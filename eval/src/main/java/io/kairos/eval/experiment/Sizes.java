/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.util.SplittableRandom;

/** How much work a job is: a distribution whose moments are known. */
interface Sizes {
    double draw(SplittableRandom random);

    /** The n-th moment, n at least 1, of sizes of which at most the cap is left; the moment itself where the cap is infinite. */
    double cappedMoment(int n, double cap);

    default double mean() {
        return cappedMoment(1, Double.POSITIVE_INFINITY);
    }
}
