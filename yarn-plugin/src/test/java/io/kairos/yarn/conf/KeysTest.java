/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {
    private static final Path REFERENCE = Path.of("..", "docs", "keys.md");
    private static final Path EXAMPLES = Path.of("..", "conf", "complete");

    private final Configuration configuration = new Configuration(false);

    @Test
    void everyDefaultIsPinned() {
        assertThat(ResourceManagerKeys.MODE.read(configuration)).isEqualTo("enforce");
        assertThat(NodeManagerKeys.MODE.read(configuration)).isEqualTo("follow");
        assertThat(QueueKeys.PREEMPTABLE.read(configuration)).isTrue();
        assertThat(QueueKeys.WEIGHT.read(configuration)).isEqualTo(1);
        assertThat(QueueKeys.OPT_OUT.read(configuration)).isTrue();
        assertThat(ResourceManagerKeys.QUEUE_BOUND.read(configuration)).isEqualTo(4);
        assertThat(ResourceManagerKeys.TIE_BREAK.read(configuration)).isEqualTo("variance");
        assertThat(ResourceManagerKeys.POLICY.read(configuration)).isEqualTo("kairos");
        assertThat(ResourceManagerKeys.REPORT_EXPIRY.read(configuration)).isEqualTo(Duration.ofSeconds(5));
        assertThat(ResourceManagerKeys.PAGE.read(configuration)).isTrue();
        assertThat(NodeManagerKeys.SLOTS.read(configuration)).isEmpty();
        assertThat(NodeManagerKeys.QUEUE_BOUND.read(configuration)).isEmpty();
        assertThat(NodeManagerKeys.QUANTUM.read(configuration)).isEqualTo(Duration.ofSeconds(5));
        assertThat(NodeManagerKeys.PREEMPTIONS_BEFORE_GUARANTEE.read(configuration))
                .contains(3);
        assertThat(NodeManagerKeys.GUARANTEED_QUANTA.read(configuration)).isEqualTo(2);
        assertThat(NodeManagerKeys.MAX_PAUSE.read(configuration)).isEmpty();
        assertThat(NodeManagerKeys.KEEP_ALIVE_INTERVAL.read(configuration)).contains(Duration.ofSeconds(30));
        assertThat(NodeManagerKeys.KEEP_ALIVE_PULSE.read(configuration)).isEqualTo(Duration.ofMillis(500));
        assertThat(NodeManagerKeys.ATTAINED_SERVICE.read(configuration)).isEqualTo("wall");
        assertThat(NodeManagerKeys.PAUSE_MODE.read(configuration)).isEqualTo("freeze");
        assertThat(NodeManagerKeys.PAUSER.read(configuration)).isEqualTo("auto");
        assertThat(NodeManagerKeys.REPORT_INTERVAL.read(configuration)).isEqualTo(Duration.ofSeconds(1));
    }

    /** No key allows this. */
    @ParameterizedTest
    @MethodSource("all")
    void everyKeyRefusesWhatItDoesNotAllow(Key<?> key) {
        configuration.set(key.name(), "not a:value");

        assertThatThrownBy(() -> key.read(configuration))
                .isInstanceOf(SettingException.class)
                .hasMessage(key.name() + " is 'not a:value': expected " + key.allowed())
                .hasMessageNotContaining("\n");
    }

    @Test
    void pathsAndAddressesAreAllowedAsAnAdminWritesThem(@TempDir Path folder) throws IOException {
        allowed(NodeManagerKeys.DECISION_LOG, folder.resolve("new").toString());
        allowed(ResourceManagerKeys.REPORT_ADDRESS, "rm-1.example.org:8037");
        allowed(DockerKeys.ALLOWED_IMAGES, "library/*, spark:3.5 ,hadoop");
        allowed(DockerKeys.ALLOWED_READ_ONLY_MOUNTS, "/opt/some files, /etc/passwd");
        allowed(DockerKeys.ALLOWED_READ_WRITE_MOUNTS, "");
        Path file = Files.createFile(folder.resolve("file"));
        configuration.set(NodeManagerKeys.DECISION_LOG.name(), file.toString());
        assertThatThrownBy(() -> NodeManagerKeys.DECISION_LOG.read(configuration))
                .hasMessageContaining("is '" + file + "': expected the whole path of a folder");
    }

    private void allowed(Key<?> key, String value) {
        configuration.set(key.name(), value);
        assertThat(key.read(configuration)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "yarn.resourcemanager.kairos.queue-bound, -1",
        "yarn.resourcemanager.kairos.queue-bound, many",
        "yarn.resourcemanager.kairos.tie-break, coin",
        "yarn.resourcemanager.kairos.mode, on",
        "yarn.nodemanager.kairos.mode, on",
        "yarn.scheduler.capacity.<queue-path>.kairos.weight, 0",
        "yarn.scheduler.capacity.<queue-path>.kairos.weight, 100.1",
        "yarn.nodemanager.kairos.quantum-ms, 0",
        "yarn.nodemanager.kairos.quantum-ms, 5s",
        "yarn.nodemanager.kairos.max-pause-ms, never",
        "yarn.nodemanager.kairos.slots, 0",
        "yarn.nodemanager.kairos.pause-mode, slow",
        "yarn.nodemanager.kairos.pauser, docker-compose",
        "yarn.nodemanager.kairos.attained-service, memory",
        "yarn.nodemanager.kairos.cgroup-parent, ../up",
    })
    void aBadValueIsOneLineWithKeyValueAndWhatIsAllowed(String name, String value) {
        configuration.set(name, value);
        Key<?> key = all().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> key.read(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " is '" + value + "': expected " + key.allowed());
    }

    @Test
    void offSwitchesAnOptionalKeyOff() {
        configuration.set(NodeManagerKeys.KEEP_ALIVE_INTERVAL.name(), " off ");

        assertThat(NodeManagerKeys.KEEP_ALIVE_INTERVAL.read(configuration)).isEqualTo(Optional.empty());
    }

    @Test
    void everyDefaultIsAllowed() {
        for (Key<?> key : all()) {
            assertThat(key.read(configuration)).as(key.name()).isNotNull();
        }
    }

    /** After a change of a key run this test with -Dkairos.write-docs=true, which writes the file anew. */
    @Test
    void theReferenceIsWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("kairos.write-docs")) {
            Files.writeString(REFERENCE, KeyReference.markdown());
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(KeyReference.markdown());
    }

    /** The same for these. */
    @Test
    void theCompleteExamplesAreWhatTheCodeSaysAndHadoopReadsThem() throws IOException {
        example("yarn-site.xml", CompleteExample.yarnSite());
        example("capacity-scheduler.xml", CompleteExample.capacityScheduler());
        for (Key<?> key : all()) {
            String name = key.name().replace(QueueKeys.QUEUE_PATH, "root.default");
            assertThat(configuration.get(name, "")).as(name).isEqualTo(key.defaultText());
            assertThat(key.read(configuration)).as(name).isNotNull();
        }
    }

    private void example(String name, String text) throws IOException {
        Path file = EXAMPLES.resolve(name);
        if (Boolean.getBoolean("kairos.write-docs")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text);
        configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
    }

    private static List<Key<?>> all() {
        List<Key<?>> keys = new ArrayList<>(ResourceManagerKeys.ALL);
        keys.addAll(QueueKeys.ALL);
        keys.addAll(NodeManagerKeys.ALL);
        keys.addAll(DockerKeys.ALL);
        return keys;
    }
}
