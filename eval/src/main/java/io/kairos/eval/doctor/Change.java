/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import java.util.ArrayList;
import java.util.List;

/** One change that mends something, as an admin would make it. Immutable. */
public sealed interface Change {
    int WIDTH = 80;
    String INDENT = "    ";

    /** The change, as lines to be shown; what is to be copied is whole. */
    List<String> lines();

    /** A property in a Hadoop file, in place of the one that is there. */
    record Property(String file, String key, String value) implements Change {
        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(INDENT + "<property><name>" + Markup.escape(key) + "</name>");
            String last = INDENT + "<value>" + Markup.escape(value) + "</value>";
            String end = "</property>";
            if (last.length() + end.length() <= WIDTH) {
                lines.add(last + end);
            } else {
                lines.add(last);
                lines.add(INDENT + end);
            }
            lines.add(0, "in " + file + ":");
            return lines;
        }
    }

    /** A property of a Hadoop file goes. */
    record Removal(String file, String key) implements Change {
        @Override
        public List<String> lines() {
            return List.of("take out of " + file + ":", INDENT + key);
        }
    }

    /** A line of spark-defaults.conf, in place of the one with its key. */
    record SparkLine(String file, String key, String value) implements Change {
        @Override
        public List<String> lines() {
            return List.of("in " + file + ":", INDENT + key + " " + value);
        }
    }

    /** A member of Docker's daemon.json. */
    record JsonMember(String file, String key, String json) implements Change {
        @Override
        public List<String> lines() {
            return List.of("in " + file + ":", INDENT + "\"" + key + "\": " + json);
        }
    }

    /** A line more at the end of a shell script such as yarn-env.sh. */
    record ScriptLine(String file, String line) implements Change {
        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("in " + file + ":");
            lines.addAll(Markup.shell(INDENT, line, WIDTH));
            return lines;
        }
    }

    /** A command for the shell. */
    record Command(String text) implements Change {
        @Override
        public List<String> lines() {
            // Something stands before the first line.
            return Markup.shell("", text, WIDTH - 12);
        }
    }

    /** What no line can do. */
    record Step(String text) implements Change {
        @Override
        public List<String> lines() {
            return List.of(text);
        }
    }
}
