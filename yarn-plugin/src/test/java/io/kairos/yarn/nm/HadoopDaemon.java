/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A daemon of some release of Hadoop, a process of its own: on its class path are its configuration, the plugin jar, and what that
 * release brings.
 */
final class HadoopDaemon implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final int LAST_LINES = 30;

    /** What is wrong if classes of two builds do not fit together. */
    private static final Pattern MISFIT = Pattern.compile(
            "NoClassDefFound|ClassNotFound|ClassCast|NoSuch(Method|Field)|AbstractMethodError|LinkageError"
                    + "|Incompatible|IllegalAccessError|VerifyError|UnsupportedClassVersion|ServiceConfigurationError");

    private static final String LOGGING =
            """
            log4j.rootLogger=INFO,console
            log4j.appender.console=org.apache.log4j.ConsoleAppender
            log4j.appender.console.layout=org.apache.log4j.PatternLayout
            log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c: %m%n
            """;

    private final String name;
    private final Path log;
    private final Process process;
    private final Set<ProcessHandle> children = new HashSet<>();

    /**
     * Starts it.
     *
     * @param javaOptions beside the size of its heap
     * @param folder made for its configuration and its log
     * @param sites file names such as yarn-site.xml, and what stands in them
     */
    HadoopDaemon(
            String mainClass, List<String> javaOptions, String classPath, Path folder, Map<String, Configuration> sites)
            throws IOException {
        name = mainClass.substring(mainClass.lastIndexOf('.') + 1);
        Files.createDirectories(folder);
        for (Map.Entry<String, Configuration> site : sites.entrySet()) {
            try (OutputStream file = Files.newOutputStream(folder.resolve(site.getKey()))) {
                site.getValue().writeXml(file);
            }
        }
        Files.writeString(folder.resolve("log4j.properties"), LOGGING);
        log = folder.resolve("log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx256m"));
        command.addAll(javaOptions);
        command.add(mainClass);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", folder + File.pathSeparator + classPath);
        builder.environment().remove("HADOOP_CONF_DIR");
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
    }

    /** @throws IllegalStateException with the last lines of its log, if it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + lastLines());
        }
    }

    /** All it has logged so far, in lines. */
    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of the log that tell of classes that do not fit together. */
    List<String> misfits() {
        return log().stream().filter(line -> MISFIT.matcher(line).find()).toList();
    }

    /** Ends it as its service script does; returns its exit code. */
    int stop() {
        process.descendants().forEach(children::add);
        process.destroy();
        return awaitEnd();
    }

    /** Waits until it ends by itself; returns its exit code. */
    int awaitEnd() {
        try {
            return process.onExit()
                    .orTimeout(END_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join()
                    .exitValue();
        } catch (CompletionException e) {
            throw new IllegalStateException(name + " has not ended in " + END_LIMIT + ":\n" + lastLines(), e);
        }
    }

    /** What it had started and has not ended with it. */
    List<String> orphans() {
        return children.stream()
                .filter(ProcessHandle::isAlive)
                .map(child -> child.pid() + " " + child.info().commandLine().orElse(""))
                .toList();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            try {
                stop();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private String lastLines() {
        List<String> lines = log();
        return lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).collect(Collectors.joining("\n"));
    }

    /** Class path elements in one. */
    static String classPath(String... elements) {
        return Stream.of(elements).collect(Collectors.joining(File.pathSeparator));
    }
}
