/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.apache.log4j.FileAppender;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;
import org.apache.log4j.varia.NullAppender;

/** Keeps the logs of Hadoop and of the libraries under it off the terminal. */
final class LogFile {
    static final String NAME = "kairos.log";

    private LogFile() {}

    /** Nothing is logged anywhere. Called before any class logs. */
    static void silence() {
        // Otherwise log4j takes the first log4j.properties of the class path, and Hadoop's test jars bring some.
        System.setProperty("log4j.defaultInitOverride", "true");
        LogManager.getLogManager().reset();
        Logger.getRootLogger().removeAllAppenders();
        Logger.getRootLogger().addAppender(new NullAppender());
        Logger.getRootLogger().setLevel(Level.OFF);
    }

    /** From now on everything is logged to a file of this folder; one from before is replaced. */
    static Path openIn(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        PatternLayout layout = new PatternLayout("%d{ISO8601} %-5p [%t] %c: %m%n");
        FileAppender appender = new FileAppender(layout, file.toString(), false);
        Logger.getRootLogger().removeAllAppenders();
        Logger.getRootLogger().addAppender(appender);
        Logger.getRootLogger().setLevel(Level.INFO);
        return file;
    }
}
