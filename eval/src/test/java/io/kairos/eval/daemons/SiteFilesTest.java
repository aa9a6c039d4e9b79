/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFilesTest {
    @Test
    void hadoopReadsWhatWasSet(@TempDir Path folder) throws IOException {
        new SiteFiles()
                .set(SiteFiles.CORE, "a", "1 < 2 & \"3\"")
                .set(SiteFiles.YARN, "b", 4)
                .write(folder);

        assertThat(read(folder, SiteFiles.CORE).get("a")).isEqualTo("1 < 2 & \"3\"");
        assertThat(read(folder, SiteFiles.YARN).getInt("b", 0)).isEqualTo(4);
        assertThat(read(folder, SiteFiles.YARN).get("a")).isNull();
    }

    private static Configuration read(Path folder, String file) {
        Configuration configuration = new Configuration(false);
        configuration.addResource(
                new org.apache.hadoop.fs.Path(folder.resolve(file).toUri()));
        return configuration;
    }
}
