/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;

/** A task could not be paused because it is ending: nothing is wrong, its end is about to be heard of. */
final class TaskEndingException extends IOException {
    private static final long serialVersionUID = 1L;

    TaskEndingException(String message) {
        super(message);
    }
}
