/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.SiteFiles;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** What becomes of applications when a ResourceManager restarts or another one takes over. */
final class CentralRecoveryCheck implements Check {
    static final Rule OFF = Rule.warning(
            "rm-recovery-off",
            "yarn.resourcemanager.recovery.enabled is not true.",
            "When the ResourceManager restarts all applications are gone, with all that their tasks have attained.",
            "The property.");
    static final Rule FORGETS = Rule.error(
            "rm-store-forgets",
            "Recovery is on, and the store keeps nothing over a restart.",
            "The ResourceManager comes back without any application.",
            "The property with a store that keeps.");
    static final Rule TEMPORARY = Rule.warning(
            "rm-store-in-tmp",
            "The store of the ResourceManager's state is below /tmp of its own disk.",
            "Whoever clears /tmp takes all applications at the next restart.",
            "The property with a place that stays.");
    static final Rule NO_ZOOKEEPER = Rule.error(
            "rm-store-without-zookeeper",
            "The store is ZooKeeper, and no address of it is set.",
            "The ResourceManager does not start.",
            "The property with the addresses.");

    private static final String PACKAGE = "org.apache.hadoop.yarn.server.resourcemanager.recovery.";
    private static final String ZOOKEEPER_STORE = PACKAGE + "ZKRMStateStore";
    private static final String FILE_STORE = PACKAGE + "FileSystemRMStateStore";
    private static final String LEVELDB_STORE = PACKAGE + "LeveldbRMStateStore";
    private static final List<String> FORGETFUL = List.of(PACKAGE + "MemoryRMStateStore", PACKAGE + "NullRMStateStore");

    /** The older of the two keys still counts. */
    private static final List<String> ZOOKEEPERS = List.of("hadoop.zk.address", "yarn.resourcemanager.zk-address");

    @Override
    public String subject() {
        return "ResourceManager restarts";
    }

    @Override
    public List<Rule> rules() {
        return List.of(OFF, FORGETS, TEMPORARY, NO_ZOOKEEPER);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofResourceManager(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        Configuration daemons = files.daemons();
        if (!daemons.getBoolean(YarnConfiguration.RECOVERY_ENABLED, false)) {
            Mend.found(files, notes, OFF, YarnConfiguration.RECOVERY_ENABLED, "true");
            return;
        }
        String store = daemons.getTrimmed(YarnConfiguration.RM_STORE, FILE_STORE);
        if (FORGETFUL.contains(store)) {
            Mend.found(files, notes, FORGETS, YarnConfiguration.RM_STORE, FILE_STORE);
        } else if (store.equals(FILE_STORE)
                && Places.isOnDisk(daemons, daemons.getTrimmed(YarnConfiguration.FS_RM_STATE_STORE_URI, ""))) {
            requireLasting(files, notes, YarnConfiguration.FS_RM_STATE_STORE_URI);
        } else if (store.equals(LEVELDB_STORE)) {
            requireLasting(files, notes, YarnConfiguration.RM_LEVELDB_STORE_PATH);
        } else if (store.equals(ZOOKEEPER_STORE) && lacksZooKeeper(files)) {
            notes.found(NO_ZOOKEEPER, files.told(ZOOKEEPERS.get(0)), zooKeeper(files));
        }
    }

    private static boolean lacksZooKeeper(SiteFiles files) {
        return ZOOKEEPERS.stream()
                .allMatch(key -> files.daemons().getTrimmed(key, "").isEmpty());
    }

    private static Property zooKeeper(SiteFiles files) {
        String key = ZOOKEEPERS.get(0);
        return Mend.to(files, key, "zk1:2181,zk2:2181,zk3:2181");
    }

    /** What it takes to keep the state in ZooKeeper. */
    static Change[] toZooKeeper(SiteFiles files) {
        String key = YarnConfiguration.RM_STORE;
        Property store = Mend.to(files, key, ZOOKEEPER_STORE);
        return lacksZooKeeper(files) ? new Change[] {store, zooKeeper(files)} : new Change[] {store};
    }

    private static void requireLasting(SiteFiles files, Notes notes, String key) {
        if (Places.isTemporary(files.daemons().getTrimmed(key, ""))) {
            Mend.found(files, notes, TEMPORARY, key, "/var/lib/hadoop-yarn/rm-store");
        }
    }
}
