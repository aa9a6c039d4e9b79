/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.io.IOException;

/** A scenario that cannot be used. The message is one line: which file, which line or key, what was expected. */
public final class ScenarioException extends IOException {
    private static final long serialVersionUID = 1;

    ScenarioException(String file, String problem) {
        super(file + ": " + problem);
    }

    ScenarioException(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
