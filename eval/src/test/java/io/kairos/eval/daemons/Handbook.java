/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a page of documentation: commands, and properties to be set in a file. */
final class Handbook {
    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|xml (\\S+))\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private Handbook() {}

    /**
     * One step.
     *
     * @param file where the properties of the text belong; empty if the text is commands
     * @param line of the page, from 1
     */
    record Step(String file, String text, int line) {
        boolean isCommands() {
            return file.isEmpty();
        }
    }

    static List<Step> steps(String page) {
        List<Step> steps = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            int line = 1 + (int) page.substring(0, blocks.start()).lines().count();
            steps.add(new Step(blocks.group(2) == null ? "" : blocks.group(2), blocks.group(3), line));
        }
        return steps;
    }
}
