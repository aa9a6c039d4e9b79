/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class ThrottleV2LiveTest extends ThrottleLiveContract {
    ThrottleV2LiveTest(@TempDir Path folder) throws IOException {
        super(FreezerVersion.V2, folder);
    }
}
