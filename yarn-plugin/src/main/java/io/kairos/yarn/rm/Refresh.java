/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.yarn.conf.FreshConfiguration;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.ConfigurationProvider;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.exceptions.YarnRuntimeException;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacitySchedulerConfigValidator;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacitySchedulerConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.conf.CSConfigurationProvider;
import org.jspecify.annotations.Nullable;

/** Reads what a refresh of the queues is to apply, and refuses it before anything is applied. */
final class Refresh {
    private Refresh() {}

    /**
     * The ResourceManager's configuration with Kairos' keys as yarn-site.xml has them now, found where the ResourceManager found
     * it when it started. What is handed to the scheduler need not hold it: that depends on who refreshes.
     *
     * @param context null for a scheduler without a ResourceManager, which has no file to look into
     * @throws IOException one line, if the file cannot be read
     */
    static Configuration site(Configuration atStart, @Nullable RMContext context) throws IOException {
        @Nullable ConfigurationProvider provider = context == null ? null : context.getConfigurationProvider();
        if (provider == null) {
            return atStart;
        }
        Configuration files = new YarnConfiguration();
        try (@Nullable InputStream site = provider.getConfigurationInputStream(
                        new Configuration(false), YarnConfiguration.YARN_SITE_CONFIGURATION_FILE)) {
            if (site != null) {
                files.addResource(site);
                files.size(); // reads it, while it is open
            }
        } catch (YarnException | RuntimeException e) {
            throw new IOException(
                    YarnConfiguration.YARN_SITE_CONFIGURATION_FILE + " cannot be read: " + firstLine(e), e);
        }
        return FreshConfiguration.of(atStart, files, ResourceManagerKeys.ALL);
    }

    /**
     * The queues' configuration that the stock scheduler would read now. Stock YARN puts a file in force before it looks whether
     * the file can be read at all; so that is done here first.
     *
     * @throws IOException one line, if it cannot be read
     * @throws YarnRuntimeException as the stock scheduler does, if it allows containers no size
     */
    static CapacitySchedulerConfiguration queues(CSConfigurationProvider provider, Configuration imposed)
            throws IOException {
        CapacitySchedulerConfiguration queues;
        try {
            queues = provider.loadConfiguration(new Configuration(imposed));
        } catch (IOException | RuntimeException e) {
            throw new IOException("the queues' configuration is refused: " + firstLine(e), e);
        }
        CapacitySchedulerConfigValidator.validateMemoryAllocation(queues);
        CapacitySchedulerConfigValidator.validateVCores(queues);
        return queues;
    }

    /** As the scheduler's callers expect it: a failure of input, whose message is what the admin sees. */
    static IOException refused(SettingException bad) {
        return new IOException(bad.getMessage(), bad);
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
