/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** Who may report, with Kerberos and with service-level authorization. */
final class AccessCheck implements Check {
    static final Rule PRINCIPAL = Rule.error(
            "node-principal-missing",
            "The cluster has Kerberos, and yarn.nodemanager.principal is not set.",
            "The ResourceManager takes load reports from nobody: each node counts as a stock one.",
            "The property with the NodeManagers' principal.");
    static final Rule REFUSES = Rule.error(
            "report-acl-refuses",
            "Service-level authorization is on, and the list for load reports leaves the NodeManagers out.",
            "The ResourceManager refuses their reports: each node counts as a stock one.",
            "The property with the NodeManagers' user; yarn rmadmin -refreshQueues reads it.");
    static final Rule ALL = Rule.advice(
            "report-acl-open",
            "Service-level authorization is on, and everybody may call the port for load reports.",
            "With Kerberos a caller who is no NodeManager is refused all the same, but later; without it, it is believed.",
            "The property with the NodeManagers' user; yarn rmadmin -refreshQueues reads it.");

    private static final String LIST = "security.kairos.load-report.protocol.acl";
    private static final String USUAL_LIST = "security.service.authorization.default.acl";
    private static final String EVERYBODY = "*";

    @Override
    public String subject() {
        return "who may report";
    }

    @Override
    public List<Rule> rules() {
        return List.of(PRINCIPAL, REFUSES, ALL);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofResourceManager(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        String principal = files.daemons().getTrimmed(YarnConfiguration.NM_PRINCIPAL, "");
        if (plan.isSecure() && principal.isEmpty()) {
            String key = YarnConfiguration.NM_PRINCIPAL;
            notes.found(PRINCIPAL, files.told(key), Mend.to(files, key, "nm/_HOST@EXAMPLE.ORG"));
            return;
        }
        if (files.daemons().getBoolean("hadoop.security.authorization", false)) {
            Optional<String> user = plan.isSecure()
                    ? Optional.of(principal.split("[/@]", 2)[0])
                    : patient.host().value().map(Host::user);
            examineList(files, user, notes);
        }
    }

    private static void examineList(SiteFiles files, Optional<String> user, Notes notes) {
        String usual = files.policy().isSet(USUAL_LIST) ? files.policy().untrimmed(USUAL_LIST) : EVERYBODY;
        String list = files.policy().isSet(LIST) ? files.policy().untrimmed(LIST) : usual;
        String told = SiteFiles.POLICY + ": " + LIST + " is " + (files.policy().isSet(LIST) ? "" : "not set, so ") + "'"
                + list + "'";
        Property mend = new Property(SiteFiles.POLICY, LIST, user.orElse("yarn"));
        if (list.strip().equals(EVERYBODY)) {
            notes.found(ALL, told, mend);
            return;
        }
        if (user.isEmpty()) {
            notes.unchecked("whether nodes may report", "the NodeManagers' user is not known");
            return;
        }
        String[] usersAndGroups = list.split(" ", 2);
        boolean groups = usersAndGroups.length > 1 && !usersAndGroups[1].isBlank();
        if (groups) {
            notes.unchecked("whether nodes may report", LIST + " names groups, which the ResourceManager's host knows");
        } else if (!List.of(usersAndGroups[0].split(",", -1)).contains(user.get())) {
            notes.found(REFUSES, told + ", the NodeManagers' user is " + user.get(), mend);
        }
    }
}
