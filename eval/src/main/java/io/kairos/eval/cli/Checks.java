/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values; what fails is wrong use, told in one line. */
final class Checks {
    private Checks() {}

    static void range(CommandSpec spec, String option, int value, int least, int most) {
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
                    spec.commandLine(), option + " " + value + ": expected a number from " + least + " to " + most);
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
