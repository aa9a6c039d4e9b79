/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import java.io.IOException;
import java.util.List;

/** The applications of real jobs, as YARN knows them by their tags. Thread-safe. */
public interface Applications extends AutoCloseable {
    /**
     * One of them.
     *
     * @param id as YARN writes it
     * @param ended whether YARN has noted its end
     * @param slotSeconds vcores times seconds that its containers held, its master's not counted; once it has ended
     */
    record Application(String id, boolean ended, double slotSeconds) {}

    /** Those with this tag. */
    List<Application> tagged(String tag) throws IOException;

    /** Kills those with this tag that have not ended, as far as YARN answers. What goes wrong with it is logged. */
    void kill(String tag);

    @Override
    void close();
}
