/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the processes of a local cluster log. */
final class LogSettings {
    private LogSettings() {}

    /** To their output, all that Hadoop has to say. */
    static void writeForDaemons(Path file) throws IOException {
        Files.writeString(file, console("INFO", "System.out"));
    }

    /** To their errors, what a user of the command line wants to see. */
    static void writeForClients(Path configuration) throws IOException {
        Files.writeString(
                configuration.resolve("log4j.properties"),
                console("INFO", "System.err")
                        // It says at each start that native code is for another platform.
                        + "log4j.logger.org.apache.hadoop.util.NativeCodeLoader=ERROR\n");
    }

    private static String console(String level, String target) {
        return """
                log4j.rootLogger=%s,console
                log4j.appender.console=org.apache.log4j.ConsoleAppender
                log4j.appender.console.target=%s
                log4j.appender.console.layout=org.apache.log4j.PatternLayout
                log4j.appender.console.layout.ConversionPattern=%%d{ISO8601} %%p %%c{2}: %%m%%n
                """
                .formatted(level, target);
    }
}
