/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import java.io.File;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Objects;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * A Kerberos realm on this machine, with a ResourceManager, NodeManagers and users in it. As long as it is open this process uses
 * Kerberos: what else runs in it must not rely on the opposite.
 */
public final class SecureRealm implements AutoCloseable {
    private final MiniKdc kdc;
    private final Path folder;
    private final String host;

    /** @param folder for its files, the keytabs among them */
    public SecureRealm(Path folder) throws Exception {
        this.folder = folder;
        host = InetAddress.getByName("localhost").getCanonicalHostName();
        Properties properties = MiniKdc.createConf();
        properties.setProperty(MiniKdc.TRANSPORT, "TCP");
        kdc = new MiniKdc(
                properties, Files.createDirectory(folder.resolve("kdc")).toFile());
        kdc.start();
        UserGroupInformation.setConfiguration(site());
    }

    /** The name under which NodeManagers of this machine are known. */
    public String host() {
        return host;
    }

    /** What core-site.xml and yarn-site.xml of such a cluster have in common. */
    public Configuration site() {
        Configuration configuration = new Configuration(false);
        configuration.set(CommonConfigurationKeys.HADOOP_SECURITY_AUTHENTICATION, "kerberos");
        configuration.set(CommonConfigurationKeys.HADOOP_SECURITY_AUTH_TO_LOCAL, "DEFAULT");
        configuration.set(YarnConfiguration.RM_PRINCIPAL, principal("rm/" + host));
        configuration.set(YarnConfiguration.NM_PRINCIPAL, principal("nm/_HOST"));
        return configuration;
    }

    /** A name with this realm. */
    public String principal(String name) {
        return name + "@" + kdc.getRealm();
    }

    /** The file with the key of a principal, which is made if it is new. */
    public Path keytab(String name) throws Exception {
        File keytab = folder.resolve(name.replace('/', '-') + ".keytab").toFile();
        if (!keytab.exists()) {
            kdc.createPrincipal(keytab, name);
        }
        return keytab.toPath();
    }

    /** Where Java finds the realm. */
    public Path krb5Conf() {
        return kdc.getKrb5conf().toPath();
    }

    /** Runs as that principal, logged in anew. */
    public <T> T as(String name, PrivilegedExceptionAction<T> action) throws Exception {
        UserGroupInformation user = UserGroupInformation.loginUserFromKeytabAndReturnUGI(
                principal(name), keytab(name).toString());
        return Objects.requireNonNull(user.doAs(action));
    }

    /** Logs this process in, as a daemon does. */
    public void login(String name) throws Exception {
        UserGroupInformation.loginUserFromKeytab(principal(name), keytab(name).toString());
    }

    @Override
    public void close() {
        kdc.stop();
        UserGroupInformation.reset();
        UserGroupInformation.setConfiguration(new Configuration(false));
    }
}
