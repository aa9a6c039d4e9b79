/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/** A {@link LoadReportReply} on the wire. Hadoop makes it empty and fills it once; not thread-safe. */
public final class ReplyMessage implements Writable {
    private @Nullable LoadReportReply reply;

    /** For Hadoop's deserialisation alone. */
    public ReplyMessage() {}

    public ReplyMessage(LoadReportReply reply) {
        this.reply = reply;
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
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != ReportMessage.VERSION) {
            throw new IOException(
                    "load report reply of version " + version + ": expected version " + ReportMessage.VERSION);
        }
        try {
            reply = new LoadReportReply(in.readInt(), Amounts.read(in));
        } catch (IllegalArgumentException e) {
            throw new IOException("malformed load report reply: " + e.getMessage(), e);
        }
    }
}
