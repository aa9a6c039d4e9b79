/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.Removal;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Several ResourceManagers: whether they and their nodes can find each other, and what the next one would know. */
final class HighAvailabilityCheck implements Check {
    static final Rule IDS = Rule.error(
            "ha-ids-missing",
            "yarn.resourcemanager.ha.enabled is true, and yarn.resourcemanager.ha.rm-ids names fewer than two.",
            "The ResourceManagers do not start.",
            "The property with the ids.");
    static final Rule HOST = Rule.error(
            "ha-host-missing",
            "One of several ResourceManagers has no host.",
            "It does not start, and no node finds it or sends it load reports.",
            "The property with its host.");
    static final Rule CLUSTER = Rule.error(
            "ha-cluster-id-missing",
            "Automatic failover is on, and yarn.resourcemanager.cluster-id is not set.",
            "The ResourceManagers do not start: they would not know which cluster's leader they elect.",
            "The property with a name.");
    static final Rule STORE = Rule.error(
            "ha-store-not-shared",
            "Several ResourceManagers have a store that is not ZooKeeper but on each one's own disk.",
            "The one that takes over knows no application: all are lost.",
            "The property with the store in ZooKeeper.");
    static final Rule ADDRESS = Rule.warning(
            "report-address-without-id",
            "With several ResourceManagers the report address is set without an id behind it.",
            "It is not read: load reports go to port 8037 of each host, whatever is set.",
            "The property with the id.");

    private static final String ENABLED = YarnConfiguration.RM_HA_ENABLED;

    @Override
    public String subject() {
        return "several ResourceManagers";
    }

    @Override
    public List<Rule> rules() {
        return List.of(IDS, HOST, CLUSTER, STORE, ADDRESS);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        Configuration daemons = files.daemons();
        if (!daemons.getBoolean(ENABLED, false)) {
            return;
        }
        Collection<String> ids = daemons.getTrimmedStringCollection(YarnConfiguration.RM_HA_IDS);
        if (ids.size() < 2) {
            Mend.found(files, notes, IDS, YarnConfiguration.RM_HA_IDS, "rm1,rm2");
            return;
        }
        for (String id : ids) {
            String host = YarnConfiguration.RM_HOSTNAME + "." + id;
            if (daemons.getTrimmed(host, "").isEmpty()
                    && daemons.getTrimmed(YarnConfiguration.RM_ADDRESS + "." + id, "")
                            .isEmpty()) {
                Mend.found(files, notes, HOST, host, id + ".example.org");
            }
        }
        if (daemons.getBoolean(YarnConfiguration.AUTO_FAILOVER_ENABLED, true)
                && daemons.getTrimmed(YarnConfiguration.RM_CLUSTER_ID, "").isEmpty()) {
            Mend.found(files, notes, CLUSTER, YarnConfiguration.RM_CLUSTER_ID, "yarn-cluster");
        }
        examineStore(files, notes);
        examineReportAddress(files, ids, notes);
    }

    private static void examineStore(SiteFiles files, Notes notes) {
        Configuration daemons = files.daemons();
        String store = daemons.getTrimmed(YarnConfiguration.RM_STORE, "");
        boolean own = store.endsWith(".LeveldbRMStateStore")
                || (store.endsWith(".FileSystemRMStateStore")
                        && Places.isOnDisk(daemons, daemons.getTrimmed(YarnConfiguration.FS_RM_STATE_STORE_URI, "")));
        if (own && daemons.getBoolean(YarnConfiguration.RECOVERY_ENABLED, false)) {
            notes.found(STORE, files.told(YarnConfiguration.RM_STORE), CentralRecoveryCheck.toZooKeeper(files));
        }
    }

    private static void examineReportAddress(SiteFiles files, Collection<String> ids, Notes notes) {
        String key = ResourceManagerKeys.REPORT_ADDRESS.name();
        if (files.isSet(key) && ids.stream().noneMatch(id -> files.isSet(key + "." + id))) {
            String file = files.fileOf(key).name();
            String first = ids.iterator().next();
            notes.found(
                    ADDRESS,
                    files.told(key),
                    new Removal(file, key),
                    new Property(file, key + "." + first, files.daemons().getTrimmed(key)));
        }
    }
}
