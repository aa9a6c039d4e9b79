/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import java.io.IOException;
import java.nio.file.Path;

/** A folder is held by another process. The message is one line that names both. */
public final class FolderInUseException extends IOException {
    private static final long serialVersionUID = 1;

    FolderInUseException(Path folder, String process) {
        super(folder + " is in use by another demo (process " + (process.isEmpty() ? "unknown" : process) + ")");
    }
}
