/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import io.kairos.yarn.conf.Mode;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A mode on the wire: its name. */
final class Modes {
    static void write(DataOutput out, Mode mode) throws IOException {
        out.writeUTF(mode.toString());
    }

    /** @throws IllegalArgumentException the peer knows a mode that did not exist yet */
    static Mode read(DataInput in) throws IOException {
        return Mode.named(in.readUTF());
    }

    private Modes() {}
}
