/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Check;
import java.util.List;

/** Every check, in the order in which they run and are documented. */
public final class AllChecks {
    public static final List<Check> LIST = List.of(
            new ClassesCheck(),
            new PluginJarCheck(),
            new VersionsCheck(),
            new HadoopCheck(),
            new KeysCheck(),
            new QueueKeysCheck(),
            new ContradictionsCheck(),
            new EffectCheck(),
            new StockSettingsCheck(),
            new NodeRecoveryCheck(),
            new CentralRecoveryCheck(),
            new HighAvailabilityCheck(),
            new MemoryCheck(),
            new ProcessorsCheck(),
            new PauserCheck(),
            new DockerEngineCheck(),
            new DockerImagesCheck(),
            new DockerUsersCheck(),
            new KeepAliveCheck(),
            new ShuffleCheck(),
            new SpeculationCheck(),
            new MastersCheck(),
            new ReportPortCheck(),
            new AccessCheck(),
            new NodesCheck());

    private AllChecks() {}
}
