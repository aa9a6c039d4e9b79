/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon's configuration would be had it started now. Of Kairos' keys the files count as they are now; whatever else the
 * daemon was started with stays, for it reads that no more. Values that a program set win over files, as they do at the start.
 */
public final class FreshConfiguration {
    /** Hadoop's name for the source of such a value. */
    private static final String BY_PROGRAM = "programmatically";

    private FreshConfiguration() {}

    /**
     * @param atStart the daemon's configuration; not changed
     * @param files what is in the files now
     * @param keys those that count as they are in the files
     */
    public static Configuration of(Configuration atStart, Configuration files, List<Key<?>> keys) {
        Configuration fresh = new Configuration(atStart);
        for (Key<?> key : keys) {
            if (isSetByProgram(atStart, key.name())) {
                continue;
            }
            @Nullable String value = files.get(key.name());
            if (value == null) {
                fresh.unset(key.name());
            } else {
                fresh.set(key.name(), value);
            }
        }
        return fresh;
    }

    private static boolean isSetByProgram(Configuration configuration, String name) {
        // The source outlives a value that was taken back.
        if (configuration.get(name) == null) {
            return false;
        }
        String @Nullable [] sources = configuration.getPropertySources(name);
        return sources != null && sources.length > 0 && sources[sources.length - 1].equals(BY_PROGRAM);
    }
}
