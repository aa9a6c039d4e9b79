/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.ssl.SSLFactory;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose certificates are believed where the cluster's pages are https: those of ssl-client.xml, as Hadoop's own clients do. Thread-safe. */
final class TrustedHosts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedHosts.class);

    private final @Nullable SSLFactory factory;
    private final @Nullable SSLContext ssl;

    private TrustedHosts(@Nullable SSLFactory factory, @Nullable SSLContext ssl) {
        this.factory = factory;
        this.ssl = ssl;
    }

    /** Where that cannot be read Java's own list is taken. */
    static TrustedHosts of(Configuration configuration) {
        if (!YarnConfiguration.useHttps(configuration)) {
            return new TrustedHosts(null, null);
        }
        SSLFactory factory = new SSLFactory(SSLFactory.Mode.CLIENT, configuration);
        try {
            factory.init();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    factory.getKeystoresFactory().getKeyManagers(),
                    factory.getKeystoresFactory().getTrustManagers(),
                    null);
            return new TrustedHosts(factory, context);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn(
                    "Nodes are believed by Java's own list of certificates, for ssl-client.xml gives none: {}",
                    e.toString());
            factory.destroy();
            return new TrustedHosts(null, null);
        }
    }

    /** Null for Java's own list. */
    @Nullable SSLContext ssl() {
        return ssl;
    }

    @Override
    public void close() {
        if (factory != null) {
            factory.destroy();
        }
    }
}
