/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.jspecify.annotations.Nullable;

/** A {@link LoadReportReply} on the wire. Hadoop makes it empty and fills it once; not thread-safe. */
public final class ReplyMessage implements Writable {
    private @Nullable LoadReportReply reply;
    private boolean extended;

    /** For Hadoop's deserialisation alone. */
    public ReplyMessage() {}

    /** @param extended whether the receiver knows of extensions, see {@link ReportMessage#isExtended} */
    public ReplyMessage(LoadReportReply reply, boolean extended) {
        this.reply = reply;
        this.extended = extended;
    }

    public LoadReportReply reply() {
        if (reply == null) {
            throw new IllegalStateException("the reply was not read yet");
        }
        return reply;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        LoadReportReply sent = reply();
        out.writeByte(ReportMessage.VERSION);
        out.writeInt(sent.bound());
        Amounts.write(out, sent.keys());
        if (extended) {
            Extension.write(out, added -> {
                Modes.write(added, sent.mode());
                Terms.write(added, sent.terms());
            });
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != ReportMessage.VERSION) {
            throw new IOException(
                    "load report reply of version " + version + ": expected version " + ReportMessage.VERSION);
        }
        try {
            int bound = in.readInt();
            SortedMap<ApplicationId, Double> keys = Amounts.read(in);
            Optional<DataInputStream> added = Extension.read(in);
            reply = added.isEmpty()
                    ? new LoadReportReply(bound, keys)
                    : new LoadReportReply(bound, keys, Modes.read(added.get()), Terms.read(added.get()));
        } catch (IllegalArgumentException e) {
            throw new IOException("malformed load report reply: " + e.getMessage(), e);
        }
    }
}
