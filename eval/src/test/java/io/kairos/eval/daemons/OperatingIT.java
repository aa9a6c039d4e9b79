/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.daemons.CommandLineRun.Outcome;
import io.kairos.eval.daemons.Handbook.Step;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/operating.md from top to bottom, in a folder that looks like the project's. */
class OperatingIT {
    private static final String CONFIGURATION = "cluster-out/conf";

    @Test
    void everyStepOfThePageWorks(@TempDir Path folder) throws Exception {
        String page = Files.readString(CommandLineRun.HOME.resolve("docs/operating.md"));
        List<Step> steps = Handbook.steps(page);
        assertThat(steps).hasSizeGreaterThan(20);
        Files.createSymbolicLink(folder.resolve("kairos"), CommandLineRun.HOME.resolve("kairos"));
        Files.createSymbolicLink(folder.resolve("yarn-plugin"), CommandLineRun.HOME.resolve("yarn-plugin"));
        CommandLineRun commands = new CommandLineRun(folder);
        try {
            for (Step step : steps) {
                if (step.isCommands()) {
                    Outcome outcome = commands.run(
                            List.of("bash", "-c", "set -euo pipefail\n" + step.text()),
                            Map.of(
                                    "HADOOP_CONF_DIR",
                                    folder.resolve(CONFIGURATION).toString()));
                    assertThat(outcome.status())
                            .as("docs/operating.md:%d%n%s%n%s", step.line(), step.text(), outcome.output())
                            .isZero();
                } else {
                    set(step, folder.resolve(CONFIGURATION));
                }
            }
        } finally {
            commands.kairos("cluster", "down");
        }
    }

    /** What an editor would be used for. */
    private static void set(Step step, Path configuration) throws Exception {
        Configuration site = new Configuration(false);
        site.addResource(
                new org.apache.hadoop.fs.Path(configuration.resolve(step.file()).toUri()));
        Configuration added = new Configuration(false);
        String xml = "<configuration>" + step.text() + "</configuration>";
        added.addResource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(added.size()).as("docs/operating.md:%d", step.line()).isPositive();
        SiteDraft files = new SiteDraft();
        site.forEach(property -> files.set(step.file(), property.getKey(), property.getValue()));
        added.forEach(property -> files.set(step.file(), property.getKey(), property.getValue()));
        files.write(configuration);
    }
}
