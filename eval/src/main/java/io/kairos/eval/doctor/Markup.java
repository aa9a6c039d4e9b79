/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import java.util.ArrayList;
import java.util.List;

/** How what is to be copied is written. */
final class Markup {
    private Markup() {}

    /** As text of an XML element. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A command on as many lines as it takes, each but the last with a backslash at its end; quoted blanks stay together. */
    static List<String> shell(String indent, String command, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : words(command)) {
            boolean first = line.toString().isBlank();
            if (!first && line.length() + 1 + word.length() + 2 > width) {
                lines.add(line + " \\");
                line = new StringBuilder(indent).append("  ").append(word);
            } else {
                line.append(first ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char next : command.toCharArray()) {
            if (next == ' ' && quote == 0) {
                words.add(word.toString());
                word.setLength(0);
                continue;
            }
            if (quote == 0 && (next == '"' || next == '\'')) {
                quote = next;
            } else if (next == quote) {
                quote = 0;
            }
            word.append(next);
        }
        words.add(word.toString());
        return words;
    }
}
