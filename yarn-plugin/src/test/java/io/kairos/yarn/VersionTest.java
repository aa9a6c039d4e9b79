/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void isTheOneOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(Version.text()).isNotEmpty().doesNotContain("$");
        assertThat(pom).contains("<version>" + Version.text() + "</version>");
    }

    @Test
    void aJarSaysItsOwn() throws IOException {
        assertThat(Version.in(new ByteArrayInputStream("version=1.2".getBytes(UTF_8))))
                .isEqualTo("1.2");
        assertThat(Version.in(new ByteArrayInputStream(new byte[0]))).isEqualTo("unknown");
    }
}
