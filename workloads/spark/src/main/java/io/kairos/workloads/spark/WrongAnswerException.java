/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

/** Spark's answer is not the one that is known. The message is "expected ..., got ...". */
final class WrongAnswerException extends RuntimeException {

    WrongAnswerException(String expected, String got) {
        super("expected " + expected + ", got " + got);
    }

    /** @param what the quantity, in words that follow a number */
    static void unlessEqual(String what, long expected, long got) {
        unless(expected == got, expected + " " + what, String.valueOf(got));
    }

    static void unless(boolean holds, String expected, String got) {
        if (!holds) {
            throw new WrongAnswerException(expected, got);
        }
    }
}
