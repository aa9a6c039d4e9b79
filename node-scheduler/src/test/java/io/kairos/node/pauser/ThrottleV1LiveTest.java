/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class ThrottleV1LiveTest extends ThrottleLiveContract {
    ThrottleV1LiveTest(@TempDir Path folder) throws IOException {
        super(FreezerVersion.V1, folder);
    }
}
