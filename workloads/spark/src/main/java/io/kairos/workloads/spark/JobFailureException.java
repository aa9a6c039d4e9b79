/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import org.jspecify.annotations.Nullable;

/** A run that did not succeed. The message is one line for people. */
final class JobFailureException extends RuntimeException {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private final int status;

    private JobFailureException(int status, String line, @Nullable Throwable cause) {
        super(line, cause);
        this.status = status;
    }

    static JobFailureException wrongUse(String line) {
        return new JobFailureException(WRONG_USE, line, null);
    }

    static JobFailureException wrongAnswer(String job, WrongAnswerException answer) {
        return new JobFailureException(FAILED, job + ": " + answer.getMessage(), answer);
    }

    /** Spark gave up, or there is none. */
    static JobFailureException failed(String job, Exception cause) {
        String first = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new JobFailureException(
                FAILED, job + ": failed: " + cause.getClass().getSimpleName() + ": " + first, cause);
    }

    /** The exit status: 1 it failed, 2 wrong use. */
    int status() {
        return status;
    }
}
