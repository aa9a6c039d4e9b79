/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.Longs;
import io.kairos.workloads.model.Seconds;
import java.io.Closeable;
import java.io.IOException;

/** What a cluster wrote down, event by event; of each only the values that are asked for are held. Not thread-safe. */
interface EventLog extends Closeable {

    /** The end of the year 9999: whatever is later is in another unit. */
    long LAST_MILLIS = 253_402_300_799_999L;

    /**
     * Moves to the next event.
     *
     * @return false at the end of the log
     * @throws TraceException if what follows is no event
     */
    boolean next() throws IOException;

    /** A value of this event as text; empty if it has none of that name. */
    String text(String name);

    /** An error in this event. */
    TraceException malformed(String found, String expected);

    /** A value that must be there. */
    default String required(String name) throws TraceException {
        String text = text(name);
        if (text.isEmpty()) {
            throw malformed("no '" + name + "'", "an event with one");
        }
        return text;
    }

    /** A value that must be a whole number. */
    default long wholeNumber(String name, long least, long most) throws TraceException {
        String text = required(name);
        Long value = Longs.tryParse(text);
        if (value == null || value < least || value > most) {
            throw malformed(
                    TraceException.quoted(text) + " as '" + name + "'", "a whole number, " + least + " to " + most);
        }
        return value;
    }

    /** A value that must be a time, in milliseconds since 1970. */
    default long millis(String name) throws TraceException {
        return wholeNumber(name, 0, LAST_MILLIS);
    }

    /**
     * The seconds of a task that ran from one time to the other, in milliseconds. Clocks that count milliseconds call a
     * shorter task empty: it counts as one of 1 ms.
     */
    default double seconds(long launch, long finish) throws TraceException {
        if (finish < launch) {
            throw malformed("a task that ends " + (launch - finish) + " ms before it starts", "a later end");
        }
        double seconds = Math.max(1, finish - launch) / 1000.0;
        if (seconds > Seconds.LONGEST) {
            throw malformed("a task of " + seconds + " s", "at most ten years");
        }
        return seconds;
    }
}
