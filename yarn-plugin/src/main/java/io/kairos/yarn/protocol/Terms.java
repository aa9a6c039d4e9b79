/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** The terms of some applications on the wire. */
final class Terms {
    static void write(DataOutput out, Map<ApplicationId, ApplicationTerms> terms) throws IOException {
        out.writeInt(terms.size());
        for (Map.Entry<ApplicationId, ApplicationTerms> entry : terms.entrySet()) {
            out.writeLong(entry.getKey().getClusterTimestamp());
            out.writeInt(entry.getKey().getId());
            out.writeDouble(entry.getValue().weight());
            out.writeBoolean(entry.getValue().preemptable());
            out.writeBoolean(entry.getValue().mayOptOut());
        }
    }

    static SortedMap<ApplicationId, ApplicationTerms> read(DataInput in) throws IOException {
        int size = Amounts.requireSize(in.readInt());
        SortedMap<ApplicationId, ApplicationTerms> terms = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            ApplicationId application = ApplicationId.newInstance(in.readLong(), in.readInt());
            terms.put(application, new ApplicationTerms(in.readDouble(), in.readBoolean(), in.readBoolean()));
        }
        return terms;
    }

    private Terms() {}
}
