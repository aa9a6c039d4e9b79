/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            spark.app.name=pi                                                                | 120000
            spark.network.timeout=300s                                                       | 300000
            spark.network.timeout=40                                                         | 40000
            spark.network.timeout=3m                                                         | 180000
            spark.network.timeout=90000ms                                                    | 90000
            spark.network.timeout=120s\\nspark.storage.blockManagerHeartbeatTimeoutMs=30000   | 30000
            spark.storage.blockManagerHeartbeatTimeoutMs=20s                                 | 20000
            """)
    void ofSparkItIsTheTimeAfterWhichTheDriverDropsASilentExecutor(String properties, long expected) throws Exception {
        spark(properties.replace("\\n", "\n"));
        assertThat(JobSettings.silenceLimit(folder.toString())).contains(Duration.ofMillis(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.storage.blockManagerHeartbeatTimeoutMs=never",
                "spark.network.timeout=0",
                "spark.network.timeout=soon",
                "spark.network.timeout=-5s",
                "spark.network.timeout=999999999999d",
                "broken=\\uXYZ"
            })
    void whatSparkSaysWrongIsNotKnown(String properties) throws Exception {
        spark(properties);
        assertThat(JobSettings.silenceLimit(folder.toString())).isEmpty();
    }

    @Test
    void ofMapReduceItIsTheTasksTimeout() throws Exception {
        mapReduce(
                "<configuration><property><name>a</name><value>1</value></property><property>"
                        + "<name>mapreduce.task.timeout</name><value>60000</value><final>false</final></property></configuration>");
        assertThat(JobSettings.silenceLimit(folder.toString())).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<configuration/>",
                "<configuration><property><name>mapreduce.task.timeout</name><value>0</value></property></configuration>",
                "<configuration><property><name>mapreduce.task.timeout</name><value>x</value></property></configuration>",
                "<configuration><property><name>mapreduce.task.timeout</name>",
                "<!DOCTYPE c [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><configuration><property>"
                        + "<name>mapreduce.task.timeout</name><value>&e;</value></property></configuration>",
                "not xml"
            })
    void whatMapReduceDoesNotSayOrSaysWrongIsNotKnown(String xml) throws Exception {
        mapReduce(xml);
        assertThat(JobSettings.silenceLimit(folder.toString())).isEmpty();
    }

    @Test
    @Timeout(20)
    void whatIsNoFileIsNotRead() throws Exception {
        Path pipe = folder.resolve("job.xml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(JobSettings.silenceLimit(folder.toString())).isEmpty();
        Files.delete(pipe);
        Files.createSymbolicLink(pipe, Path.of("/dev/zero"));
        assertThat(JobSettings.silenceLimit(folder.toString())).isEmpty();
        Files.delete(pipe);
        Files.createDirectory(pipe);
        assertThat(JobSettings.silenceLimit(folder.toString())).isEmpty();
    }

    @Test
    @Timeout(20)
    void aNumberOfMegabytesIsNoTimeout() throws Exception {
        mapReduce("<configuration><property><name>mapreduce.task.timeout</name><value>" + "1".repeat(3_000_000)
                + "</value></property></configuration>");
        assertThat(JobSettings.silenceLimit(folder.toString())).isEmpty();
    }

    @Test
    void aLinkToTheFileIsFollowedAsYarnMakesThem() throws Exception {
        Path cached = Files.createDirectory(folder.resolve("cache"));
        Path file = Files.writeString(
                cached.resolve("job.xml"),
                "<configuration><property><name>mapreduce.task.timeout</name><value>5000</value></property></configuration>");
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.createSymbolicLink(work.resolve("job.xml"), file);
        assertThat(JobSettings.silenceLimit(work.toString())).contains(Duration.ofSeconds(5));
    }

    @Test
    void withoutAFolderNothingIsKnown() throws Exception {
        assertThat(JobSettings.silenceLimit(null)).isEmpty();
        assertThat(JobSettings.silenceLimit(folder.resolve("none").toString())).isEmpty();
    }

    private void spark(String properties) throws IOException {
        Path settings = Files.createDirectory(folder.resolve("__spark_conf__"));
        Files.writeString(settings.resolve("__spark_conf__.properties"), properties);
    }

    private void mapReduce(String xml) throws IOException {
        Files.writeString(folder.resolve("job.xml"), xml);
    }
}
