/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.doctor.Diagnosis;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.check.AllChecks;
import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.ClassPathReader;
import io.kairos.eval.doctor.site.Cluster;
import io.kairos.eval.doctor.site.ClusterReader;
import io.kairos.eval.doctor.site.DockerDaemon;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.HostReader;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.doctor.site.SiteException;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.eval.doctor.site.SparkDefaults;
import io.kairos.eval.watch.ClusterAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks over a cluster's configuration, this machine as one of its nodes and, if it runs, the cluster itself:"
                    + " says what is wrong, why that matters, and the line that mends it. Changes nothing.",
            "Run it on a node as the NodeManager's user: that is who must be able to pause tasks."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:nothing is worse than advice",
            "1:at least one error or warning was found, or it failed",
            "2:wrong use, or a file that cannot be read"
        })
final class DoctorCommand extends ConsoleCommand {
    private static final String CONF_VARIABLE = "HADOOP_CONF_DIR";

    private final Map<String, String> environment;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description =
                    "Folder with the cluster's yarn-site.xml, core-site.xml, mapred-site.xml, capacity-scheduler.xml,"
                            + " hadoop-policy.xml, yarn-env.sh and hadoop-env.sh, as many as there are (default: $"
                            + CONF_VARIABLE
                            + ").")
    private @Nullable Path folder;

    @Option(
            names = "--rm",
            paramLabel = "URL",
            description =
                    "Web address of the ResourceManager, or of all of them with commas between; it must answer then"
                            + " (default: what yarn-site.xml says, if it answers).")
    private @Nullable String resourceManagers;

    @Option(
            names = "--spark-defaults",
            paramLabel = "FILE",
            description =
                    "Spark's defaults (default: spark-defaults.conf in the folder of --conf, in $SPARK_CONF_DIR or in"
                            + " $SPARK_HOME/conf).")
    private @Nullable Path sparkDefaults;

    @Option(
            names = "--docker-config",
            paramLabel = "FILE",
            description = "The Docker engine's daemon.json (default: /etc/docker/daemon.json, if it is there).")
    private @Nullable Path dockerConfig;

    @Option(
            names = "--class-path",
            paramLabel = "PATHS",
            description =
                    "The daemons' class path (default: what 'yarn classpath' says, of the yarn in $HADOOP_HOME/bin or"
                            + " on the PATH).")
    private @Nullable String classPath;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who runs the NodeManager (default: $YARN_NODEMANAGER_USER, or whoever runs this).")
    private @Nullable String user;

    @Option(names = "--no-node", description = "This machine is none of the nodes: nothing of it is looked at.")
    private boolean noNode;

    DoctorCommand(Console console) {
        this(console, System.getenv());
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DoctorCommand(Console console, Map<String, String> environment) {
        super(console);
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        SiteFiles files = files();
        Patient patient = new Patient(files, classPath(files), host(files), cluster(files), resourceManagers != null);
        Diagnosis diagnosis = Diagnosis.of(lookedAt(files), patient, AllChecks.LIST);
        common.writeJson(diagnosis.json());
        diagnosis.lines().forEach(console.out()::println);
        return diagnosis.exitStatus();
    }

    private SiteFiles files() {
        Path conf = folder;
        if (conf == null) {
            String variable = environment.get(CONF_VARIABLE);
            if (variable == null || variable.isBlank()) {
                throw wrong("--conf DIR is missing and " + CONF_VARIABLE
                        + " is not set: expected the folder with the cluster's yarn-site.xml");
            }
            conf = Path.of(variable);
        }
        try {
            return SiteFiles.read(conf, spark(conf), docker());
        } catch (SiteException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Known<SparkDefaults> spark(Path conf) throws SiteException {
        List<Path> places = new ArrayList<>();
        places.add(conf.resolve("spark-defaults.conf"));
        if (environment.containsKey("SPARK_CONF_DIR")) {
            places.add(Path.of(environment.get("SPARK_CONF_DIR"), "spark-defaults.conf"));
        }
        if (environment.containsKey("SPARK_HOME")) {
            places.add(Path.of(environment.get("SPARK_HOME"), "conf", "spark-defaults.conf"));
        }
        if (sparkDefaults != null) {
            return Known.of(SparkDefaults.read(sparkDefaults));
        }
        for (Path place : places) {
            if (Files.exists(place)) {
                return Known.of(SparkDefaults.read(place));
            }
        }
        return Known.not("there is no spark-defaults.conf in " + conf + "; --spark-defaults tells where it is");
    }

    private Known<DockerDaemon> docker() throws SiteException {
        if (dockerConfig != null) {
            return Known.of(DockerDaemon.read(dockerConfig));
        }
        if (noNode) {
            return Known.not("that of this machine is not looked at; --docker-config tells of another");
        }
        return Files.exists(DockerDaemon.USUAL)
                ? Known.of(DockerDaemon.read(DockerDaemon.USUAL))
                : Known.not("there is no " + DockerDaemon.USUAL + "; --docker-config tells where it is");
    }

    private Known<ClassPath> classPath(SiteFiles files) throws IOException {
        return classPath != null
                ? Known.of(ClassPathReader.of("--class-path", classPath))
                : ClassPathReader.ofHadoop(files.folder(), environment);
    }

    private Known<Host> host(SiteFiles files) {
        if (noNode) {
            return Known.not("this machine is no node, as --no-node says");
        }
        String name = user != null
                ? user
                : environment.getOrDefault("YARN_NODEMANAGER_USER", System.getProperty("user.name"));
        try {
            return Known.of(HostReader.read(files.daemons(), name));
        } catch (IOException e) {
            throw wrong("--user: " + e.getMessage());
        }
    }

    private Known<Cluster> cluster(SiteFiles files) throws InterruptedException {
        List<URI> addresses;
        try {
            addresses = resourceManagers != null
                    ? ClusterAddresses.parse(resourceManagers)
                    : ClusterAddresses.configuredIn(files.folder());
        } catch (IllegalArgumentException e) {
            if (resourceManagers != null) {
                throw wrong("--rm " + e.getMessage());
            }
            return Known.not(String.valueOf(e.getMessage()));
        }
        return ClusterReader.read(addresses, files.daemons());
    }

    private String lookedAt(SiteFiles files) {
        return "Kairos doctor: " + String.join(", ", files.present()) + " in " + files.folder()
                + (noNode ? "" : ", this machine as a node");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
