/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.Collections;
import java.util.List;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** Jobs where they do not matter. */
final class NoJobs implements NodeLoads.JobKeys {
    static final NoJobs KNOWN = new NoJobs();
    private static final ApplicationId ANY = ApplicationId.newInstance(1, 1);

    private NoJobs() {}

    /** So many tasks of whoever. */
    static List<ApplicationId> tasks(int number) {
        return Collections.nCopies(number, ANY);
    }

    @Override
    public long round() {
        return 0;
    }

    @Override
    public double key(ApplicationId application) {
        return 0;
    }
}
