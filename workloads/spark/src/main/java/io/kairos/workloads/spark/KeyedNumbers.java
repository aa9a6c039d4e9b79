/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.io.Serializable;
import java.util.Iterator;
import scala.Tuple2;

/**
 * The whole numbers from 0 up, dealt out to keys in turn. Immutable.
 *
 * @param keys number of keys, from 0
 * @param shift the key of number 0
 * @param spoilt number 0 counts as 1
 */
record KeyedNumbers(int keys, long shift, boolean spoilt) implements Serializable {

    Iterator<Tuple2<Integer, Long>> of(Slice slice) {
        return slice.numbers()
                .mapToObj(number -> new Tuple2<>((int) ((number + shift) % keys), spoilt && number == 0 ? 1 : number))
                .iterator();
    }

    /** What the numbers below {@code total} with this key add up to. */
    long sum(int key, long total) {
        long first = Math.floorMod(key - shift, (long) keys);
        if (first >= total) {
            return 0;
        }
        long count = (total - 1 - first) / keys + 1;
        return Math.addExact(
                Math.multiplyExact(count, first), Math.multiplyExact(keys, Math.multiplyExact(count, count - 1) / 2));
    }
}
