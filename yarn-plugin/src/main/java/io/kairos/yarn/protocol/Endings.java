/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** The ended tasks of some applications on the wire. */
final class Endings {
    static void write(DataOutput out, Map<ApplicationId, EndedTasks> ended) throws IOException {
        out.writeInt(ended.size());
        for (Map.Entry<ApplicationId, EndedTasks> entry : ended.entrySet()) {
            out.writeLong(entry.getKey().getClusterTimestamp());
            out.writeInt(entry.getKey().getId());
            out.writeLong(entry.getValue().tasks());
            out.writeDouble(entry.getValue().attained());
        }
    }

    static SortedMap<ApplicationId, EndedTasks> read(DataInput in) throws IOException {
        int size = Amounts.requireSize(in.readInt());
        SortedMap<ApplicationId, EndedTasks> ended = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            ApplicationId application = ApplicationId.newInstance(in.readLong(), in.readInt());
            ended.put(application, new EndedTasks(in.readLong(), in.readDouble()));
        }
        return ended;
    }

    private Endings() {}
}
