/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import java.io.IOException;

/** Nothing is known of a container or an application, told in one line. */
public final class UnknownIdException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownIdException(String line) {
        super(line);
    }
}
