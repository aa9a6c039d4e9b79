/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import io.kairos.yarn.Version;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks where the daemons' class path is, and what is on it. */
public final class ClassPathReader {
    private static final Pattern HADOOP =
            Pattern.compile("hadoop-yarn-server-(?:resourcemanager|nodemanager)-(\\d[\\w.-]*)\\.jar");
    private static final Pattern SPARK = Pattern.compile("spark-.*yarn-shuffle.*\\.jar");
    private static final String OURS = "io/kairos/yarn/rm/KairosScheduler.class";
    private static final String BELOW_IT = "io/kairos/central/PlacementOrder.class";
    private static final long LIMIT_SECONDS = 30;

    private ClassPathReader() {}

    /** What is on a class path as the java command takes it. */
    public static ClassPath of(String source, String text) throws IOException {
        Set<Path> jars = new LinkedHashSet<>();
        for (String entry : text.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()) {
                add(entry.strip(), jars);
            }
        }
        List<ClassPath.Plugin> plugins = new ArrayList<>();
        Set<String> versions = new TreeSet<>();
        Optional<Path> place = Optional.empty();
        boolean spark = false;
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            Matcher hadoop = HADOOP.matcher(name);
            if (hadoop.matches()) {
                versions.add(hadoop.group(1));
                place = Optional.of(jar.resolveSibling("lib")).filter(Files::isDirectory);
            }
            spark |= SPARK.matcher(name).matches();
            plugin(jar).ifPresent(plugins::add);
        }
        return new ClassPath(source, plugins, List.copyOf(versions), place, spark);
    }

    /** The class path that {@code yarn} tells for this folder of configuration. */
    public static Known<ClassPath> ofHadoop(Path conf, Map<String, String> environment) {
        Optional<Path> yarn = findYarn(environment);
        if (yarn.isEmpty()) {
            return Known.not("there is no yarn on the PATH and no HADOOP_HOME; --class-path tells it");
        }
        try {
            String text = ask(yarn.get(), conf);
            return Known.of(of(yarn.get() + " classpath", text));
        } catch (IOException e) {
            return Known.not(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Path> findYarn(Map<String, String> environment) {
        List<Path> places = new ArrayList<>();
        for (String home : List.of("HADOOP_YARN_HOME", "HADOOP_HOME")) {
            if (environment.containsKey(home)) {
                places.add(Path.of(environment.get(home), "bin", "yarn"));
            }
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                places.add(Path.of(folder, "yarn"));
            }
        }
        // Another program of that name is common.
        return places.stream()
                .filter(Files::isExecutable)
                .filter(ClassPathReader::isHadoops)
                .findFirst();
    }

    private static boolean isHadoops(Path yarn) {
        try {
            Path real = yarn.toRealPath();
            return Files.size(real) < 1_000_000 && Files.readString(real).contains("HADOOP");
        } catch (IOException e) {
            return false;
        }
    }

    private static String ask(Path yarn, Path conf) throws IOException {
        Process process = new ProcessBuilder(
                        yarn.toString(), "--config", conf.toAbsolutePath().toString(), "classpath")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            // Some lines of text; the pipe holds them.
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("'" + yarn + " classpath' took more than " + LIMIT_SECONDS + " s");
            }
            String text = new String(process.getInputStream().readAllBytes()).strip();
            if (process.exitValue() != 0 || text.isEmpty()) {
                throw new IOException("'" + yarn + " classpath' failed with status " + process.exitValue());
            }
            return text.substring(text.lastIndexOf('\n') + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while 'yarn classpath' ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void add(String entry, Set<Path> jars) throws IOException {
        if (entry.endsWith("/*")) {
            Path folder = Path.of(entry.substring(0, entry.length() - 2));
            if (Files.isDirectory(folder)) {
                Set<Path> sorted = new TreeSet<>();
                try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
                    found.forEach(sorted::add);
                }
                for (Path jar : sorted) {
                    addFile(jar, jars);
                }
            }
        } else {
            addFile(Path.of(entry), jars);
        }
    }

    /** One file by two names is one file. */
    private static void addFile(Path file, Set<Path> jars) throws IOException {
        if (Files.isRegularFile(file)) {
            jars.add(file.toRealPath());
        }
    }

    private static Optional<ClassPath.Plugin> plugin(Path file) {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            if (jar.getEntry(OURS) == null) {
                return Optional.empty();
            }
            return Optional.of(new ClassPath.Plugin(file, version(jar), jar.getEntry(BELOW_IT) != null));
        } catch (IOException noJar) {
            return Optional.empty();
        }
    }

    private static String version(ZipFile jar) throws IOException {
        ZipEntry resource = jar.getEntry(Version.RESOURCE);
        if (resource == null) {
            return "unknown";
        }
        try (InputStream in = jar.getInputStream(resource)) {
            return Version.in(in);
        }
    }
}
