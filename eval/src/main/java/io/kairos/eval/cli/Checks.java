/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values; what fails is wrong use, told in one line. */
final class Checks {
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9_./+=:@-]+");

    private static final List<String> PAUSERS = List.of("auto", "cgroup", "signal", "docker");

    private Checks() {}

    /** The value of --pauser. */
    static void pauser(CommandSpec spec, String name) {
        if (!PAUSERS.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(), "--pauser " + name + ": expected one of " + String.join(", ", PAUSERS));
        }
    }

    static void range(CommandSpec spec, String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + value + ": expected a whole number from " + least + " to " + most);
        }
    }

    static void range(CommandSpec spec, String option, double value, double least, double most) {
        // Written so that NaN fails too.
        if (!(value >= least && value <= most)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + value + ": expected a number from " + plain(least) + " to " + plain(most));
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** YARN writes its nodes' paths into scripts and lists as they are, where blanks and commas part them. */
    static void plainPath(CommandSpec spec, String option, Path path) {
        String absolute = path.toAbsolutePath().normalize().toString();
        if (!PLAIN_PATH.matcher(absolute).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": '" + absolute
                            + "' cannot be used by YARN: expected a path of letters, digits and _./+=:@- only");
        }
    }

    /** Creates the folder if need be and makes sure that files can be created in it. */
    static void writableFolder(CommandSpec spec, String option, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".kairos", ".probe"));
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + folder + ": expected a folder, " + e.getFile() + " is a file");
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + folder + ": expected a folder that can be written: " + ErrorLine.describe(e));
        }
    }
}
