/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.FrozenRegister;
import io.kairos.node.pauser.PauseBreaker;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.WatchedPauser;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes an executor's pausers safe to use: what they freeze is thawed should the NodeManager die, and they are left alone
 * while they do not work. One for each NodeManager. Thread-safe.
 */
public final class PauseGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PauseGuard.class);

    /** In the first of the NodeManager's local folders. */
    private static final String REGISTER = "kairos-frozen";

    private final @Nullable FrozenRegister register;

    /** Starts the watch. Where that is impossible tasks are paused nevertheless, and the log says what it means. */
    public PauseGuard(Configuration configuration) {
        register = openRegister(configuration);
    }

    private static @Nullable FrozenRegister openRegister(Configuration configuration) {
        String folder = configuration
                .getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS, YarnConfiguration.DEFAULT_NM_LOCAL_DIRS)[0];
        try {
            return new FrozenRegister(
                    java.nio.file.Path.of(new Path(folder).toUri().getPath(), REGISTER));
        } catch (IOException e) {
            LOG.warn("Should this NodeManager die, what is paused stays so, for nobody watches: {}", e.getMessage());
            return null;
        }
    }

    /** The same pauser, watched and with a breaker of its own. */
    public Pauser over(Pauser bare) {
        FrozenRegister.trouble(bare)
                .ifPresent(trouble -> LOG.warn(
                        "Should this NodeManager die, containers that are paused through Docker stay so: {}", trouble));
        return new PauseBreaker(
                register == null ? bare : new WatchedPauser(bare, register, LOG::warn), System::nanoTime, LOG::warn);
    }

    /** Ends the watch. */
    @Override
    public void close() {
        if (register != null) {
            register.close();
        }
    }
}
