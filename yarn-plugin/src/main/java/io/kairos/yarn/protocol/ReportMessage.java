/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import io.kairos.central.ServiceReport;
import io.kairos.yarn.conf.Mode;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/** A {@link LoadReport} on the wire. Hadoop makes it empty and fills it once; not thread-safe. */
public final class ReportMessage implements Writable {
    /** First byte of the message: a peer of another version is refused with one line instead of misread. */
    static final int VERSION = 1;

    private static final int NO_QUEUE_BOUND = -1;

    private @Nullable LoadReport report;
    private boolean extended = true;

    /** For Hadoop's deserialisation alone. */
    public ReportMessage() {}

    public ReportMessage(LoadReport report) {
        this.report = report;
    }

    public LoadReport report() {
        if (report == null) {
            throw new IllegalStateException("the load report was not read yet");
        }
        return report;
    }

    /** Whether the sender knows of extensions; Hadoop IPC lets no client read a reply that is longer than it expects. */
    boolean isExtended() {
        return extended;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        LoadReport sent = report();
        out.writeByte(VERSION);
        out.writeUTF(sent.node().getHost());
        out.writeInt(sent.node().getPort());
        out.writeLong(sent.epoch());
        out.writeLong(sent.sequence());
        out.writeInt(sent.slots());
        out.writeInt(sent.queueBound().orElse(NO_QUEUE_BOUND));
        out.writeInt(sent.running());
        out.writeInt(sent.paused());
        out.writeInt(sent.held());
        out.writeDouble(sent.service().mean());
        out.writeDouble(sent.service().variance());
        out.writeDouble(sent.service().leastRunning());
        out.writeDouble(sent.service().mostRunning());
        Amounts.write(out, sent.attainedByApplication());
        Extension.write(out, added -> {
            Modes.write(added, sent.mode());
            added.writeLong(sent.pausesNotMade());
            Endings.write(added, sent.endedByApplication());
            added.writeBoolean(sent.tally().isPresent());
            if (sent.tally().isPresent()) {
                sent.tally().get().write(added);
            }
        });
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("load report of version " + version + ": expected version " + VERSION);
        }
        try {
            report = read(in);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("malformed load report: " + e.getMessage(), e);
        }
    }

    private LoadReport read(DataInput in) throws IOException {
        NodeId node = NodeId.newInstance(in.readUTF(), in.readInt());
        long epoch = in.readLong();
        long sequence = in.readLong();
        int slots = in.readInt();
        int queueBound = in.readInt();
        int running = in.readInt();
        int paused = in.readInt();
        int held = in.readInt();
        int tasks = Math.addExact(Math.addExact(running, paused), held);
        ServiceReport service =
                new ServiceReport(tasks, in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        SortedMap<ApplicationId, Double> attained = Amounts.read(in);
        Optional<DataInputStream> added = Extension.read(in);
        extended = added.isPresent();
        Mode mode = added.isPresent() ? Modes.read(added.get()) : Mode.ENFORCE;
        long pausesNotMade = added.isPresent() ? added.get().readLong() : 0;
        // A node of the release that first had an extension tells nothing of ended tasks.
        SortedMap<ApplicationId, EndedTasks> ended =
                added.isPresent() && added.get().available() > 0 ? Endings.read(added.get()) : new TreeMap<>();
        // Of the next one, nothing of what it has done.
        Optional<Tally> tally =
                added.isPresent() && added.get().available() > 0 && added.get().readBoolean()
                        ? Optional.of(Tally.read(added.get()))
                        : Optional.empty();
        return new LoadReport(
                node,
                epoch,
                sequence,
                slots,
                queueBound == NO_QUEUE_BOUND ? OptionalInt.empty() : OptionalInt.of(queueBound),
                running,
                paused,
                held,
                service,
                attained,
                mode,
                pausesNotMade,
                ended,
                tally);
    }
}
