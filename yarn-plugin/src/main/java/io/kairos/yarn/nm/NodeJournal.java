/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.TaskView;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each decision of a node, and each end of a task, to the log and, where a folder is set, to a CSV file with a line for
 * each, written at once so that others can follow it. Confined to the agent's thread, but for {@link #close}.
 */
final class NodeJournal implements AgentListener<ContainerId>, AutoCloseable {
    /** First line of the file. Times are milliseconds since 1970, amounts of service and pause are milliseconds. */
    static final String HEADER =
            "time_ms,node,event,reason,task,application,attained_ms,counterpart,preemptions,paused_ms,"
                    + "running,paused,held";

    /** Stands before the name of an action that was not carried out. */
    static final String OBSERVED = "WOULD_";

    private static final Logger LOG = LoggerFactory.getLogger(NodeJournal.class);

    private final @Nullable Path folder;
    private final Supplier<String> node;
    private final WallClock clock;
    private @Nullable Writer writer;

    /**
     * @param folder where to write, null for nowhere
     * @param node the node's name; asked for first when there is something to write
     * @param nanoClock the clock of the decisions
     * @param wallClock milliseconds since 1970
     */
    NodeJournal(@Nullable Path folder, Supplier<String> node, LongSupplier nanoClock, LongSupplier wallClock) {
        this.folder = folder;
        this.node = node;
        this.clock = new WallClock(nanoClock, wallClock);
    }

    @Override
    public void decided(Decision<ContainerId> decision) {
        LOG.debug("{}", decision);
        write(decision, decision.action().name());
    }

    @Override
    public void observed(Decision<ContainerId> decision) {
        if (decision.action() == Decision.Action.PAUSE || decision.action() == Decision.Action.HOLD) {
            LOG.info(
                    "Only observed: {} would be {} now ({}, attained {} ms{})",
                    decision.task(),
                    decision.action() == Decision.Action.PAUSE ? "paused" : "held",
                    decision.reason(),
                    TimeUnit.NANOSECONDS.toMillis(decision.attainedNanos()),
                    decision.counterpart() == null ? "" : ", for " + decision.counterpart());
        }
        write(decision, OBSERVED + decision.action().name());
    }

    private void write(Decision<ContainerId> decision, String event) {
        ContainerId counterpart = decision.counterpart();
        write(
                decision.timeNanos(),
                event,
                decision.reason().name(),
                decision.task(),
                decision.application(),
                decision.attainedNanos(),
                counterpart == null ? "" : counterpart.toString(),
                "",
                "",
                decision.running(),
                decision.paused(),
                decision.held());
    }

    @Override
    public void finished(TaskView<ContainerId> last, long timeNanos, int running, int paused, int held) {
        write(
                timeNanos,
                "FINISH",
                last.state().name(),
                last.request().task(),
                last.request().application(),
                last.attainedNanos(),
                "",
                Integer.toString(last.preemptions()),
                Long.toString(TimeUnit.NANOSECONDS.toMillis(last.pausedNanos())),
                running,
                paused,
                held);
    }

    @Override
    public void repaired(ContainerId task, boolean shouldBeFrozen) {
        LOG.warn(
                "{} was {} by somebody else, it is {} again",
                task,
                shouldBeFrozen ? "thawed" : "frozen",
                shouldBeFrozen ? "frozen" : "thawed");
    }

    @Override
    public void failed(String what, Throwable cause) {
        if (cause instanceof TaskEndingException) {
            LOG.debug("{} came too late: {}", what, cause.getMessage());
        } else if (cause instanceof IOException) {
            LOG.warn("{} failed, it is tried again: {}", what, cause.getMessage());
        } else {
            LOG.error("{} failed", what, cause);
        }
    }

    @Override
    public void policyFailed(Throwable cause) {
        LOG.error("The node policy failed; every task is thawed and launched, and it begins anew", cause);
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private synchronized void write(
            long timeNanos,
            String event,
            String reason,
            ContainerId task,
            String application,
            long attainedNanos,
            String counterpart,
            String preemptions,
            String pausedMs,
            int running,
            int paused,
            int held) {
        if (folder == null) {
            return;
        }
        try {
            Writer out = writer == null ? open(folder) : writer;
            writer = out;
            out.write(String.join(
                    ",",
                    Long.toString(clock.at(timeNanos)),
                    node.get(),
                    event,
                    reason,
                    task.toString(),
                    application,
                    Long.toString(TimeUnit.NANOSECONDS.toMillis(attainedNanos)),
                    counterpart,
                    preemptions,
                    pausedMs,
                    Integer.toString(running),
                    Integer.toString(paused),
                    Integer.toString(held)));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            LOG.warn("A decision could not be written to {}: {}", folder, e.toString());
        }
    }

    /** Makes the folder, so that whoever follows the decisions finds it before there is one. */
    void prepare() {
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                LOG.warn("{} could not be made; it is tried again with the first decision", folder, e);
            }
        }
    }

    private Writer open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(node.get().replace(':', '_') + ".csv");
        // A node that restarts goes on where it was.
        boolean fresh = !Files.exists(file) || Files.size(file) == 0;
        Writer opened = Files.newBufferedWriter(
                file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh) {
            opened.write(HEADER + "\n");
        }
        return opened;
    }
}
