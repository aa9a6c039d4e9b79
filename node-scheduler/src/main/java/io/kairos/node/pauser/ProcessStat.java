/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

/**
 * One process (or thread) as {@code /proc/PID/stat} shows it.
 *
 * @param state R, S, D, T (stopped), t (stopped by a tracer), Z (zombie), X, I
 * @param threads number of threads; a zombie with more than one is a process whose first thread ended
 * @param startTicks when it started, in clock ticks since boot: tells a process from a later one with the same pid
 * @param cpuTicks CPU time of all its threads, ended ones too, and of the children it has waited for, in clock ticks
 */
record ProcessStat(
        long pid, char state, long parent, long group, long session, int threads, long startTicks, long cpuTicks) {

    /** @throws IllegalArgumentException if the line is not that of a stat file */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        // The name may hold blanks and brackets itself, so the last bracket ends it.
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open) {
            throw new IllegalArgumentException("not a line of /proc/PID/stat: '" + line + "'");
        }
        Fields fields = new Fields(line, close + 2);
        char state = fields.nextCharacter();
        long parent = fields.nextNumber();
        long group = fields.nextNumber();
        long session = fields.nextNumber();
        fields.skip(7);
        long cpuTicks = fields.nextNumber() + fields.nextNumber() + fields.nextNumber() + fields.nextNumber();
        fields.skip(2);
        int threads = (int) fields.nextNumber();
        fields.skip(1);
        return new ProcessStat(
                Long.parseLong(line, 0, open - 1, 10),
                state,
                parent,
                group,
                session,
                threads,
                fields.nextNumber(),
                cpuTicks);
    }

    boolean isZombie() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }

    boolean isSameProcessAs(ProcessStat other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    /** Walks the blank-separated fields without making a string of each: a pause reads hundreds of these lines. */
    private static final class Fields {
        private final String line;
        private int position;

        Fields(String line, int position) {
            this.line = line;
            this.position = position;
        }

        char nextCharacter() {
            char character = line.charAt(position);
            skip(1);
            return character;
        }

        long nextNumber() {
            int start = position;
            skip(1);
            return Long.parseLong(line, start, position - 1, 10);
        }

        void skip(int fields) {
            for (int i = 0; i < fields; i++) {
                int blank = line.indexOf(' ', position);
                if (blank < 0) {
                    throw new IllegalArgumentException("too few fields for /proc/PID/stat: '" + line + "'");
                }
                position = blank + 1;
            }
        }
    }
}
