/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteDraftTest {
    @Test
    void hadoopReadsWhatWasSet(@TempDir Path folder) throws IOException {
        new SiteDraft()
                .set(SiteDraft.CORE, "a", "1 < 2 & \"3\"")
                .set(SiteDraft.YARN, "b", 4)
                .write(folder);

        assertThat(read(folder, SiteDraft.CORE).get("a")).isEqualTo("1 < 2 & \"3\"");
        assertThat(read(folder, SiteDraft.YARN).getInt("b", 0)).isEqualTo(4);
        assertThat(read(folder, SiteDraft.YARN).get("a")).isNull();
    }

    private static Configuration read(Path folder, String file) {
        Configuration configuration = new Configuration(false);
        configuration.addResource(
                new org.apache.hadoop.fs.Path(folder.resolve(file).toUri()));
        return configuration;
    }
}
