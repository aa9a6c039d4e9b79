/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Command;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.ClassPath.Plugin;
import io.kairos.yarn.Version;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The plugin jar: on the class path, one, and whole. */
final class PluginJarCheck implements Check {
    static final Rule MISSING = Rule.error(
            "plugin-jar-missing",
            "The plugin jar is not on the daemons' class path.",
            "The daemons do not start: they find no class of that name.",
            "The command that copies it there, on the ResourceManager and on every node.");
    static final Rule TWICE = Rule.error(
            "plugin-jar-twice",
            "Several plugin jars are on the class path.",
            "Which one is used depends on the order of a folder's listing; classes of two versions may meet.",
            "The command that removes the older.");
    static final Rule THIN = Rule.error(
            "plugin-jar-thin",
            "The jar is the plain one, without what Kairos stands on.",
            "The daemons do not start: classes are missing. The right jar ends in -plugin.jar.",
            "The commands that take the other one's place.");

    @Override
    public String subject() {
        return "plugin jar";
    }

    @Override
    public List<Rule> rules() {
        return List.of(MISSING, TWICE, THIN);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        if (patient.classPath().value().isEmpty()) {
            notes.unchecked(subject(), patient.classPath().whyNot());
            return;
        }
        ClassPath classPath = patient.classPath().value().get();
        String place = classPath.place().map(Path::toString).orElse("$HADOOP_HOME/share/hadoop/yarn/lib");
        List<Plugin> thin =
                classPath.plugins().stream().filter(jar -> !jar.whole()).toList();
        List<Plugin> whole = classPath.plugins().stream().filter(Plugin::whole).toList();
        if (classPath.plugins().isEmpty()) {
            notes.found(MISSING, "no jar of '" + classPath.source() + "' has Kairos in it", copy(place));
        }
        for (Plugin jar : thin) {
            if (whole.isEmpty()) {
                notes.found(THIN, told(jar), copy(String.valueOf(jar.file().getParent())), remove(jar));
            } else {
                notes.found(THIN, told(jar), remove(jar));
            }
        }
        if (whole.size() > 1) {
            List<Plugin> newestLast = whole.stream()
                    .sorted(Comparator.comparing(Plugin::version).thenComparing(Plugin::file))
                    .toList();
            Plugin kept = newestLast.get(newestLast.size() - 1);
            newestLast.stream()
                    .filter(jar -> jar != kept)
                    .forEach(jar -> notes.found(TWICE, told(jar) + ", beside " + told(kept), remove(jar)));
        }
    }

    private static String told(Plugin jar) {
        return jar.file() + " (version " + jar.version() + ")";
    }

    private static Command copy(String place) {
        return new Command("cp yarn-plugin/target/yarn-plugin-" + Version.text() + "-plugin.jar " + place + "/");
    }

    private static Command remove(Plugin jar) {
        return new Command("rm " + jar.file());
    }
}
