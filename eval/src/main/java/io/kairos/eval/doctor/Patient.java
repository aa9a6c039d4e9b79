/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.Cluster;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;

/**
 * All that is looked over. Immutable.
 *
 * @param files the configuration
 * @param classPath the daemons' class path
 * @param host this machine as a node
 * @param cluster the running one
 * @param clusterNamed whether somebody said where it is, so that it is a fault if it does not answer
 */
public record Patient(
        SiteFiles files, Known<ClassPath> classPath, Known<Host> host, Known<Cluster> cluster, boolean clusterNamed) {
    /** What a node of it would be. */
    public NodePlan plan() {
        return new NodePlan(files.daemons(), host);
    }
}
