/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.site.NodePlan;

/** What a configuration is one of; where it is not, the reason why a check has nothing to look at. */
final class Scope {
    private Scope() {}

    /** Of NodeManagers with Kairos. */
    static String ofNodes(Patient patient) {
        return plan(patient).isNode() ? "" : "no NodeManager of this configuration has Kairos";
    }

    /** Of a ResourceManager with Kairos. */
    static String ofResourceManager(Patient patient) {
        return plan(patient).isCentral() ? "" : "no ResourceManager of this configuration has Kairos";
    }

    /** Of NodeManagers that pause Docker containers. */
    static String ofDocker(Patient patient) {
        return plan(patient).usesDocker() ? "" : "no executor that pauses Docker containers is set";
    }

    private static NodePlan plan(Patient patient) {
        return patient.plan();
    }
}
