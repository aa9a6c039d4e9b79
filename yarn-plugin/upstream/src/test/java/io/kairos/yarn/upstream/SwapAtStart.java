/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.upstream;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Installs {@link SchedulerSwap} before the first test runs. With the system property {@code kairos.upstream.stock} the tests run as
 * Hadoop ships them, which tells what a machine fails by itself.
 */
public final class SwapAtStart implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("kairos.upstream.stock")
                || System.getProperties().putIfAbsent("kairos.upstream.swapped", "true") != null) {
            return;
        }
        Instrumentation instrumentation = ByteBuddyAgent.install();
        instrumentation.addTransformer(new SchedulerSwap(), true);
        // The class named on the launcher's behalf is loaded already.
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded == ResourceManager.class || SchedulerSwap.isTestClass(loaded.getProtectionDomain())) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (UnmodifiableClassException e) {
                    throw new IllegalStateException("cannot rewrite " + loaded.getName(), e);
                }
            }
        }
    }
}
