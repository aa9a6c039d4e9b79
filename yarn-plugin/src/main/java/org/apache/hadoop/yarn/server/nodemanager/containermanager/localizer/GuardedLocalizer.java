/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.hadoop.yarn.server.nodemanager.containermanager.localizer;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.factory.providers.RecordFactoryProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A localizer whose configuration can be altered. It lives in this package because the one method it overrides is
 * package-private; nothing else is done here.
 */
@NullMarked
public final class GuardedLocalizer extends ContainerLocalizer {
    /** Set by the constructor above, which is why it is not set here. */
    private @Nullable Configuration own;

    /** @param altering gets the configuration with which resources are fetched, before anything is */
    public GuardedLocalizer(
            FileContext files,
            String user,
            String application,
            String name,
            String tokenFile,
            List<Path> localFolders,
            Consumer<Configuration> altering)
            throws IOException {
        super(files, user, application, name, tokenFile, localFolders, RecordFactoryProvider.getRecordFactory(null));
        if (own == null) {
            throw new IllegalStateException(
                    "this YARN's localizer has another configuration: expected YARN 3.4 or 3.5");
        }
        altering.accept(own);
    }

    @Override
    Configuration initConfiguration() {
        Configuration made = super.initConfiguration();
        own = made;
        return made;
    }
}
