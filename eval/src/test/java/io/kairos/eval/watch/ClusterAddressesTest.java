/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAddressesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void severalAddressesHaveCommasBetween() {
        assertThat(ClusterAddresses.parse("http://a:8088, https://b:8090/cluster"))
                .containsExactly(URI.create("http://a:8088"), URI.create("https://b:8090"));
        for (String wrong : List.of("a:8088", "", "ftp://a", "http://a b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClusterAddresses.parse(wrong))
                    .withMessageContaining("expected the web address of a ResourceManager");
        }
    }

    @Test
    void oneResourceManagerIsWhereItsHostNameSays() throws IOException {
        site("yarn.resourcemanager.hostname", "master");
        assertThat(ClusterAddresses.configuredIn(folder)).containsExactly(URI.create("http://master:8088"));
    }

    @Test
    void ofSeveralEachIsFound() throws IOException {
        site(
                "yarn.resourcemanager.ha.enabled", "true",
                "yarn.resourcemanager.ha.rm-ids", "rm1,rm2",
                "yarn.resourcemanager.hostname.rm1", "one",
                "yarn.resourcemanager.webapp.address.rm2", "two:9999");
        assertThat(ClusterAddresses.configuredIn(folder))
                .containsExactly(URI.create("http://one:8088"), URI.create("http://two:9999"));
    }

    @Test
    void httpsWhereTheClusterHasNothingElse() throws IOException {
        site("yarn.http.policy", "HTTPS_ONLY", "yarn.resourcemanager.hostname", "master");
        assertThat(ClusterAddresses.configuredIn(folder)).containsExactly(URI.create("https://master:8090"));
    }

    @Test
    void aFolderWithoutTheFileIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterAddresses.configuredIn(folder))
                .withMessage(folder + ": expected a folder with the cluster's yarn-site.xml");
    }

    private void site(String... namesAndValues) throws IOException {
        StringBuilder xml = new StringBuilder("<configuration>");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.append("<property><name>" + namesAndValues[i] + "</name><value>" + namesAndValues[i + 1]
                    + "</value></property>");
        }
        Files.writeString(folder.resolve("yarn-site.xml"), xml + "</configuration>");
    }
}
