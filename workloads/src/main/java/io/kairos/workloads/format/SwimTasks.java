/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.model.Stage;
import java.util.List;

/**
 * The tasks of a job of which only the bytes are known, by a rule of this project:
 *
 * <ul>
 *   <li>A task takes 2 s to start, and then 1 s for each 20 MiB that it reads and for each 20 MiB that it writes.
 *   <li>There is a map task for each 128 MiB, the block size of HDFS, of what the maps read or of what they write,
 *       whichever is more, and at least one. Maps write what is shuffled; where nothing is, they write the output. All but the
 *       last share the bytes equally by whole blocks, the last has the rest.
 *   <li>If anything is shuffled there is a second stage: a reduce task for each 10^9 bytes of shuffle, at least one and at
 *       most 999, as Hive had it at the time of these traces. They share alike what is shuffled and what is put out.
 * </ul>
 */
final class SwimTasks {

    static final double START_SECONDS = 2;
    static final double BYTES_PER_SECOND = 20 * 1024 * 1024;
    static final long BLOCK_BYTES = 128L * 1024 * 1024;
    static final long BYTES_PER_REDUCE = 1_000_000_000;
    static final int MOST_REDUCES = 999;

    /** Of one job: as many bytes as the most tasks have blocks, more than a petabyte. */
    static final long MOST_BYTES = TraceJobs.MOST_TASKS * BLOCK_BYTES;

    private SwimTasks() {}

    /** The stages of a job with that many bytes, each 0 to {@link #MOST_BYTES}. */
    static List<Stage> stages(long input, long shuffle, long output) {
        if (shuffle == 0) {
            return List.of(maps(input, output));
        }
        return List.of(maps(input, shuffle), reduces(shuffle, output));
    }

    private static Stage maps(long read, long written) {
        long more = Math.max(read, written);
        int tasks = (int) Math.max(1, divideUp(more, BLOCK_BYTES));
        double moved = (double) read + written;
        ImmutableDoubleArray.Builder durations = ImmutableDoubleArray.builder(tasks);
        for (int task = 0; task < tasks - 1; task++) {
            durations.add(seconds(moved * BLOCK_BYTES / more));
        }
        long rest = more - (tasks - 1) * BLOCK_BYTES;
        durations.add(seconds(more == 0 ? 0 : moved * rest / more));
        return new Stage(durations.build());
    }

    private static Stage reduces(long shuffle, long output) {
        int tasks = (int) Math.min(MOST_REDUCES, divideUp(shuffle, BYTES_PER_REDUCE));
        double duration = seconds(((double) shuffle + output) / tasks);
        ImmutableDoubleArray.Builder durations = ImmutableDoubleArray.builder(tasks);
        for (int task = 0; task < tasks; task++) {
            durations.add(duration);
        }
        return new Stage(durations.build());
    }

    private static double seconds(double bytes) {
        return START_SECONDS + bytes / BYTES_PER_SECOND;
    }

    private static long divideUp(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
