/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Step;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The port for load reports: free, to be reached by the nodes, and by nobody else. */
final class ReportPortCheck implements Check {
    static final Rule UNREACHABLE = Rule.error(
            "report-port-unreachable",
            "The ResourceManager answers, and nobody at its report address.",
            "No load report gets through: each node counts as a stock one, and nothing is placed beyond its vcores.",
            "A firewall that lets the nodes through.");
    static final Rule OPEN = Rule.warning(
            "report-port-open",
            "The ResourceManager takes load reports on all its networks, without Kerberos.",
            "Every caller is believed: whoever reaches the port may say of any node what it likes, and tasks are placed by"
                    + " that.",
            "The property with the one host name at which the nodes find it.");
    static final Rule TAKEN = Rule.error(
            "report-port-taken",
            "The report address has a port of the ResourceManager's own.",
            "The ResourceManager does not start: two would listen at one port.",
            "The property with a port of its own.");

    private static final String ADDRESS = ResourceManagerKeys.REPORT_ADDRESS.name();
    private static final List<String> ANY = List.of("", "0.0.0.0", "::", "[::]");
    private static final List<String> OTHERS = List.of(
            YarnConfiguration.RM_ADDRESS,
            YarnConfiguration.RM_SCHEDULER_ADDRESS,
            YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
            YarnConfiguration.RM_ADMIN_ADDRESS,
            YarnConfiguration.RM_WEBAPP_ADDRESS,
            YarnConfiguration.RM_WEBAPP_HTTPS_ADDRESS);

    @Override
    public String subject() {
        return "port for load reports";
    }

    @Override
    public List<Rule> rules() {
        return List.of(UNREACHABLE, OPEN, TAKEN);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        patient.cluster().value().ifPresent(cluster -> {
            if (cluster.reportPort().value().filter(answers -> !answers).isPresent()) {
                notes.found(
                        UNREACHABLE,
                        "nobody listens at " + cluster.reportAddress() + ", seen from here",
                        new Step("let the nodes through to " + cluster.reportAddress() + " of the ResourceManager, as"
                                + " firewall-cmd --add-port does"));
            }
        });
        if (!plan.isCentral()) {
            return;
        }
        if (!plan.isSecure() && !HAUtil.isHAEnabled(files.daemons())) {
            examineOpen(patient, notes);
        }
        String port = portOf(files.daemons().getTrimmed(ADDRESS, ""));
        for (String other : OTHERS) {
            if (!port.isEmpty() && port.equals(portOf(files.daemons().getTrimmed(other, "")))) {
                String host = files.daemons().getTrimmed(ADDRESS);
                notes.found(
                        TAKEN,
                        files.told(ADDRESS) + ", as is " + other,
                        Mend.to(
                                files,
                                ADDRESS,
                                host.substring(0, host.lastIndexOf(':')) + ":"
                                        + ResourceManagerKeys.DEFAULT_REPORT_PORT));
            }
        }
    }

    private static void examineOpen(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        String bind = files.daemons().getTrimmed(YarnConfiguration.RM_BIND_HOST, "");
        String named = hostOf(files.daemons().getTrimmed(ADDRESS, ""));
        String general = files.daemons().getTrimmed(YarnConfiguration.RM_HOSTNAME, "");
        String ofClients = hostOf(files.daemons().getTrimmed(YarnConfiguration.RM_ADDRESS, ""));
        boolean bindsAll = !bind.isEmpty() && ANY.contains(bind);
        boolean namesAll = bind.isEmpty() && ANY.contains(named) && ANY.contains(general) && ANY.contains(ofClients);
        if (!bindsAll && !namesAll) {
            return;
        }
        List<Change> mend = new ArrayList<>();
        if (bindsAll) {
            mend.add(Mend.without(files, YarnConfiguration.RM_BIND_HOST));
        }
        if (ANY.contains(general) && ANY.contains(ofClients)) {
            mend.add(Mend.to(
                    files,
                    YarnConfiguration.RM_HOSTNAME,
                    patient.host().value().map(Host::name).orElse("rm.example.org")));
        }
        if (ANY.contains(named) && files.isSet(ADDRESS)) {
            mend.add(Mend.without(files, ADDRESS));
        }
        notes.found(
                OPEN,
                files.told(bindsAll ? YarnConfiguration.RM_BIND_HOST : YarnConfiguration.RM_HOSTNAME)
                        + ", hadoop.security.authentication is not kerberos",
                mend.toArray(Change[]::new));
    }

    private static String hostOf(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static String portOf(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? "" : address.substring(colon + 1);
    }
}
