/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;

/** A task cannot be frozen because its first process is gone: no fault of the pauser's. */
public final class TaskGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    TaskGoneException(String message) {
        super(message);
    }
}
