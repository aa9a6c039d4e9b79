/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** One number an application: checked, copied, written and read. */
final class Amounts {
    /** More applications on one node than any real node has: what a broken peer claims must not fill the heap. */
    private static final int MOST_APPLICATIONS = 100_000;

    /** Far above what anything attains, and small enough for every sum and product of it. */
    static final double MOST_SECONDS = 1e15;

    /** @throws IllegalArgumentException for one that is negative, no number, or more than so much */
    static SortedMap<ApplicationId, Double> copy(String name, Map<ApplicationId, Double> amounts, double most) {
        amounts.forEach((application, amount) -> {
            if (!(amount >= 0 && amount <= most)) {
                throw new IllegalArgumentException(
                        name + " of " + application + " must be from 0 to " + most + ", was " + amount);
            }
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    static void write(DataOutput out, Map<ApplicationId, Double> amounts) throws IOException {
        out.writeInt(amounts.size());
        for (Map.Entry<ApplicationId, Double> entry : amounts.entrySet()) {
            out.writeLong(entry.getKey().getClusterTimestamp());
            out.writeInt(entry.getKey().getId());
            out.writeDouble(entry.getValue());
        }
    }

    static SortedMap<ApplicationId, Double> read(DataInput in) throws IOException {
        int size = requireSize(in.readInt());
        SortedMap<ApplicationId, Double> amounts = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            ApplicationId application = ApplicationId.newInstance(in.readLong(), in.readInt());
            amounts.put(application, in.readDouble());
        }
        return amounts;
    }

    static int requireSize(int size) {
        if (size < 0 || size > MOST_APPLICATIONS) {
            throw new IllegalArgumentException(
                    "a message names " + size + " applications: expected 0 to " + MOST_APPLICATIONS);
        }
        return size;
    }

    private Amounts() {}
}
