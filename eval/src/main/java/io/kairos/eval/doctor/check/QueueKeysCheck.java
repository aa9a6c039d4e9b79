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
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.QueueKeys;
import io.kairos.yarn.conf.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The queues and what they say to Kairos. */
final class QueueKeysCheck implements Check {
    static final Rule NO_QUEUES = Rule.error(
            "queues-missing",
            "There is no capacity-scheduler.xml with queues in it.",
            "The ResourceManager does not start: Kairos takes its queues from where CapacityScheduler does.",
            "The properties of one queue.");
    static final Rule UNKNOWN = Rule.error(
            "queue-key-unknown",
            "A key of a queue looks like one of Kairos' and is none.",
            "The ResourceManager does not start; one that runs refuses the refresh of its queues.",
            "The property by its right name, or none.");
    static final Rule NO_SUCH_QUEUE = Rule.warning(
            "queue-unknown",
            "A key names a queue that there is not.",
            "It holds for no queue: what it was to set is not in force.",
            "The property with the queue's right name, or none.");
    static final Rule REFUSED = Rule.error(
            "queue-value-refused",
            "A queue's value is not among those that its key allows.",
            "The ResourceManager does not start; one that runs refuses the refresh of its queues.",
            "The property with its default.");
    static final Rule WRONG_FILE = Rule.warning(
            "queue-key-in-wrong-file",
            "A key of a queue stands in a file other than capacity-scheduler.xml.",
            "A refresh of the queues does not read it there.",
            "The property in capacity-scheduler.xml.");

    private static final String ROOT = "root";

    @Override
    public String subject() {
        return "keys of queues";
    }

    @Override
    public List<Rule> rules() {
        return List.of(NO_QUEUES, UNKNOWN, NO_SUCH_QUEUE, REFUSED, WRONG_FILE);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        Queues queues = new Queues(files.scheduler());
        boolean inFile = files.daemons()
                .getTrimmed(
                        YarnConfiguration.SCHEDULER_CONFIGURATION_STORE_CLASS,
                        YarnConfiguration.FILE_CONFIGURATION_STORE)
                .equals(YarnConfiguration.FILE_CONFIGURATION_STORE);
        if (!inFile) {
            notes.unchecked("queues", "they are kept in a configuration store");
            return;
        }
        if (queues.paths().size() == 1) {
            if (patient.plan().isCentral()) {
                notes.found(
                        NO_QUEUES,
                        files.queues().told(QueueKeys.PREFIX + "root.queues", files.scheduler()),
                        new Property(SiteFiles.QUEUES, QueueKeys.PREFIX + "root.queues", "default"),
                        new Property(SiteFiles.QUEUES, QueueKeys.PREFIX + "root.default.capacity", "100"));
            }
            return;
        }
        for (SiteFile file : List.of(files.yarn(), files.core(), files.queues())) {
            for (String name : file.keys()) {
                if (QueueKeys.isMeant(files.scheduler(), name)) {
                    examine(files, file, name, queues, notes);
                }
            }
        }
    }

    private static void examine(SiteFiles files, SiteFile file, String name, Queues queues, Notes notes) {
        String value = file.value(name);
        String told = file.told(name, files.scheduler());
        String path = QueueKeys.path(name);
        int index = QueueKeys.PROPERTIES.indexOf(QueueKeys.property(name));
        if (index < 0) {
            Optional<String> near = Nearest.near(QueueKeys.property(name), QueueKeys.PROPERTIES);
            notes.found(
                    UNKNOWN, told + didYouMean(near), instead(file, name, value, near.map(right -> name(path, right))));
        } else if (file != files.queues()) {
            notes.found(WRONG_FILE, told, new Removal(file.name(), name), new Property(SiteFiles.QUEUES, name, value));
        } else if (!queues.paths().contains(path) && !queues.makesItself()) {
            Optional<String> near = Nearest.near(path, queues.paths());
            notes.found(
                    NO_SUCH_QUEUE,
                    told + didYouMean(near),
                    instead(file, name, value, near.map(right -> name(right, QueueKeys.property(name)))));
        } else {
            Key<?> key = QueueKeys.ALL.get(index).named(name);
            try {
                key.read(files.scheduler());
            } catch (SettingException refused) {
                notes.found(
                        REFUSED,
                        file.name() + ": " + refused.getMessage(),
                        new Property(file.name(), name, key.defaultText()));
            }
        }
    }

    private static String name(String path, String property) {
        return QueueKeys.PREFIX + path + QueueKeys.INFIX + property;
    }

    private static String didYouMean(Optional<String> near) {
        return near.map(right -> "; did you mean " + right + "?").orElse("");
    }

    private static Change[] instead(SiteFile file, String name, String value, Optional<String> right) {
        List<Change> mend = new ArrayList<>();
        mend.add(new Removal(file.name(), name));
        right.ifPresent(better -> mend.add(new Property(file.name(), better, value)));
        return mend.toArray(Change[]::new);
    }

    /** The paths of the queues, root first. */
    record Queues(Configuration configuration, List<String> paths) {
        Queues(Configuration configuration) {
            this(configuration, new ArrayList<>(List.of(ROOT)));
            for (int next = 0; next < paths.size(); next++) {
                for (String child : configuration.getTrimmedStrings(QueueKeys.PREFIX + paths.get(next) + ".queues")) {
                    paths.add(paths.get(next) + "." + child);
                }
            }
        }

        /** Whether queues come into being when somebody submits to them. */
        boolean makesItself() {
            return paths.stream()
                    .anyMatch(path -> configuration.getBoolean(
                                    QueueKeys.PREFIX + path + ".auto-create-child-queue.enabled", false)
                            || configuration.getBoolean(
                                    QueueKeys.PREFIX + path + ".auto-queue-creation-v2.enabled", false));
        }
    }
}
