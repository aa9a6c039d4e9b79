/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change;
import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.Removal;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.SiteFile;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;

/** Kairos' keys in the daemons' files: known, allowed, and where the daemons read them. */
final class KeysCheck implements Check {
    static final Rule UNKNOWN = Rule.warning(
            "key-unknown",
            "A key looks like one of Kairos' and is none.",
            "Nobody reads it: what it was to set is not in force, and nothing says so.",
            "The property by its right name, or none.");
    static final Rule REFUSED = Rule.error(
            "value-refused",
            "A value is not among those that its key allows.",
            "The daemon does not start; one that runs refuses all changes of the file.",
            "The property with its default.");
    static final Rule EMPTY = Rule.warning(
            "value-empty",
            "A key of Kairos stands there without a value.",
            "Hadoop takes an empty value for none: the default counts, which for docker.allowed-images is every image.",
            "The property with the default, or with what was meant.");
    static final Rule WRONG_FILE = Rule.warning(
            "key-in-wrong-file",
            "A key of the daemons stands in a file other than yarn-site.xml.",
            "Daemons do not read it there, or do not see that it changes.",
            "The property in yarn-site.xml.");
    static final Rule TWICE = Rule.warning(
            "key-twice",
            "A key of Kairos stands in a file more than once.",
            "The last one counts: who changes the first changes nothing.",
            "The property once.");

    /** What a daemon's key begins with, by its words; so that a slip in one of them is seen, too. */
    private static final String OURS = "kairos";

    private final Map<String, Key<?>> known = new LinkedHashMap<>();

    KeysCheck() {
        for (List<Key<?>> keys : List.of(ResourceManagerKeys.ALL, NodeManagerKeys.ALL, DockerKeys.ALL)) {
            keys.forEach(key -> known.put(key.name(), key));
        }
    }

    @Override
    public String subject() {
        return "keys of the daemons";
    }

    @Override
    public List<Rule> rules() {
        return List.of(UNKNOWN, REFUSED, EMPTY, WRONG_FILE, TWICE);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        examineEmpty(files, notes);
        for (SiteFile file : List.of(files.yarn(), files.core(), files.mapred(), files.queues())) {
            for (String name : file.keys()) {
                // Those of queues are looked at elsewhere.
                if (name.contains(OURS) && !name.startsWith("yarn.scheduler.")) {
                    examine(files, file, name, notes);
                }
            }
        }
    }

    private void examineEmpty(SiteFiles files, Notes notes) {
        for (String name : files.yarn().withoutValue()) {
            Key<?> key = known.get(name);
            if (key != null && !key.defaultText().isEmpty()) {
                notes.found(
                        EMPTY,
                        files.yarn().told(name, files.daemons()) + ", so '" + key.defaultText() + "'",
                        new Property(SiteFiles.YARN, name, key.defaultText()));
            }
        }
    }

    private void examine(SiteFiles files, SiteFile file, String name, Notes notes) {
        Optional<Key<?>> key = key(files, name);
        String value = file.value(name);
        if (key.isEmpty()) {
            if (isOthers(files, name)) {
                return;
            }
            List<Change> mend = new ArrayList<>();
            mend.add(new Removal(file.name(), name));
            Optional<String> near = Nearest.near(name, known.keySet());
            near.ifPresent(right -> mend.add(new Property(file.name(), right, value)));
            notes.found(
                    UNKNOWN,
                    file.told(name, files.scheduler())
                            + near.map(right -> "; did you mean " + right + "?").orElse(""),
                    mend.toArray(Change[]::new));
            return;
        }
        if (file != files.yarn()) {
            notes.found(
                    WRONG_FILE,
                    file.told(name, files.scheduler()),
                    new Removal(file.name(), name),
                    new Property(SiteFiles.YARN, name, value));
            return;
        }
        List<Integer> places = file.repeated().get(name);
        if (places != null) {
            notes.found(
                    TWICE,
                    file.name() + ": " + name + " stands on lines " + new TreeSet<>(places),
                    new Property(file.name(), name, value));
        }
        @Nullable String refusal = refusal(key.get(), files);
        if (refusal != null) {
            notes.found(
                    REFUSED,
                    file.name() + ": " + refusal,
                    new Property(file.name(), name, key.get().defaultText()));
        }
    }

    /** The key of that name; with several ResourceManagers one of its keys has an id behind it. */
    private Optional<Key<?>> key(SiteFiles files, String name) {
        Key<?> plain = known.get(name);
        if (plain != null) {
            return Optional.of(plain);
        }
        for (String id : files.daemons().getTrimmedStringCollection(YarnConfiguration.RM_HA_IDS)) {
            if (name.equals(ResourceManagerKeys.REPORT_ADDRESS.name() + "." + id)) {
                return Optional.of(ResourceManagerKeys.REPORT_ADDRESS.named(name));
            }
        }
        return Optional.empty();
    }

    /** Hadoop's own keys with our name as a part: the list of who may report, a user, a host, a ResourceManager or a service. */
    private static boolean isOthers(SiteFiles files, String name) {
        return name.startsWith("security.")
                || name.startsWith("hadoop.")
                || name.startsWith("mapreduce.")
                || name.startsWith(YarnConfiguration.NM_AUX_SERVICES + ".")
                || files.daemons().getTrimmedStringCollection(YarnConfiguration.RM_HA_IDS).stream()
                        .anyMatch(id -> name.endsWith("." + id)
                                && !name.substring(0, name.length() - id.length())
                                        .contains(OURS));
    }

    private static @Nullable String refusal(Key<?> key, SiteFiles files) {
        try {
            key.read(files.daemons());
            return null;
        } catch (SettingException refused) {
            return refused.getMessage();
        }
    }
}
