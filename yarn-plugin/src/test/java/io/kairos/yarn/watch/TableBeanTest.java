/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

class TableBeanTest {
    private record Row(String name, int count, double share, boolean good, long time) {}

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void listedTablesAreRowsAndKeyedOnesAnswerByName() throws Exception {
        ObjectName name = new ObjectName("Hadoop:service=Test,name=Tables");
        TableBean bean = builder().open("Test", "Tables");
        try {
            CompositeData[] rows = (CompositeData[]) server.getAttribute(name, "Rows");
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.get("name")).isEqualTo("a");
                assertThat(row.get("share")).isEqualTo(0.5);
            });
            assertThat(((CompositeData[]) server.getAttribute(name, "Of/b"))[0].get("name"))
                    .isEqualTo("b");
            assertThat(server.getAttribute(name, "Sum")).isEqualTo(3L);
            assertThat(Arrays.stream(server.getMBeanInfo(name).getAttributes()).map(MBeanFeatureInfo::getName))
                    .as("what has a key is not listed")
                    .containsExactly("Sum", "Rows");
            assertThatThrownBy(() -> server.getAttribute(name, "Other"))
                    .isInstanceOf(AttributeNotFoundException.class)
                    .hasMessageContaining("expected one of [Sum, Rows]");
        } finally {
            bean.close();
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void aSecondOneOfThatNameGetsANumberAndANewOneThePlainNameAgain() throws Exception {
        try (TableBean first = builder().open("Test", "Twice")) {
            TableBean second = builder().open("Test", "Twice");
            assertThat(server.isRegistered(new ObjectName("Hadoop:service=Test,name=Twice-2")))
                    .isTrue();
            second.close();
            assertThat(server.isRegistered(new ObjectName("Hadoop:service=Test,name=Twice-2")))
                    .isFalse();
            assertThat(first).isNotNull();
        }
        try (TableBean again = builder().open("Test", "Twice")) {
            assertThat(again).isNotNull();
            assertThat(server.isRegistered(new ObjectName("Hadoop:service=Test,name=Twice")))
                    .isTrue();
        }
    }

    private static TableBean.Builder builder() {
        return new TableBean.Builder("A test's")
                .value("Sum", Long.class, () -> 3L)
                .table("Rows", () -> List.of(new Row("a", 1, 0.5, true, 7)))
                .keyedTable("Of", key -> List.of(new Row(key, 2, 0.25, false, 8)));
    }
}
