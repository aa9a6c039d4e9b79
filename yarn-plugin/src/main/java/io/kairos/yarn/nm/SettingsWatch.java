/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.FreshConfiguration;
import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether yarn-site.xml has changed, and once it has been left alone for a while takes the new settings, all or none. What
 * is not in order is told in one line and changes nothing. Not thread-safe, but {@link #refused} is for any thread.
 */
final class SettingsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);

    /** Whoever writes the file may take a while, or write it twice. */
    private static final long LEFT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** All that a NodeManager reads. */
    static final List<Key<?>> KEYS =
            Stream.concat(NodeManagerKeys.ALL.stream(), DockerKeys.ALL.stream()).toList();

    /** Of those, what it takes while it runs. */
    private static final List<Key<?>> LIVE = KEYS.stream().filter(Key::isLive).toList();

    private final Path file;
    private final Configuration atStart;
    private final LongSupplier nanoClock;
    private final Consumer<LiveSettings> taker;
    private Configuration inForce;
    private long readAtMs;
    private long seenAtMs;
    private long seenSinceNanos;
    private volatile String refused = "";

    /**
     * @param atStart the NodeManager's configuration; not changed
     * @param nanoClock by which the file is left alone; its own time may be another host's
     * @param taker gets settings that are in order
     */
    SettingsWatch(Path file, Configuration atStart, LongSupplier nanoClock, Consumer<LiveSettings> taker) {
        this.file = file;
        this.atStart = new Configuration(atStart);
        this.inForce = this.atStart;
        this.nanoClock = nanoClock;
        this.taker = taker;
        this.readAtMs = modified();
    }

    /** The file the NodeManager's configuration was read from; empty where there is none, or none that could change. */
    static Optional<Path> file(Configuration configuration) {
        @Nullable URL found = configuration.getResource(YarnConfiguration.YARN_SITE_CONFIGURATION_FILE);
        if (found == null || !found.getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(found.toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Why the file as it is now was refused; empty if it is in force. */
    String refused() {
        return refused;
    }

    void poll() {
        long modified = modified();
        if (modified == 0 || modified == readAtMs) {
            seenAtMs = 0;
        } else if (modified != seenAtMs) {
            seenAtMs = modified;
            seenSinceNanos = nanoClock.getAsLong();
        } else if (nanoClock.getAsLong() - seenSinceNanos >= LEFT_ALONE_NANOS) {
            readAtMs = modified;
            reload();
        }
    }

    /** When the file was changed; 0 if it is not there, as in the moment in which another takes its place. */
    private long modified() {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private void reload() {
        Configuration fresh;
        LiveSettings settings;
        try {
            fresh = FreshConfiguration.of(atStart, readFile(), KEYS);
            KEYS.forEach(key -> key.read(fresh));
            LiveSettings.read(fresh); // also what a restart would take must fit together
            settings = LiveSettings.read(FreshConfiguration.of(atStart, fresh, LIVE));
        } catch (SettingException bad) {
            refuse(bad.getMessage());
            return;
        } catch (RuntimeException unreadable) {
            refuse(String.valueOf(unreadable.getMessage()).lines().findFirst().orElse(unreadable.toString()));
            return;
        }
        String changes = changes(inForce, fresh, Key::isLive);
        String late = changes(inForce, fresh, key -> !key.isLive());
        inForce = fresh;
        refused = "";
        taker.accept(settings);
        LOG.info("{} has changed: {}", file, changes.isEmpty() ? "nothing that takes effect now" : changes);
        if (!late.isEmpty()) {
            LOG.warn("These changes take a restart of the NodeManager: {}", late);
        }
    }

    private void refuse(@Nullable String reason) {
        refused = String.valueOf(reason);
        LOG.error("{} has changed and is refused as a whole, all settings stay as they were: {}", file, reason);
    }

    private Configuration readFile() {
        Configuration files = new YarnConfiguration();
        files.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        files.size(); // reads it now
        return files;
    }

    private static String changes(Configuration before, Configuration after, Predicate<Key<?>> which) {
        return String.join(
                ", ",
                KEYS.stream()
                        .filter(which)
                        .filter(key -> !text(before, key).equals(text(after, key)))
                        .map(key -> key.name() + " from " + text(before, key) + " to " + text(after, key))
                        .toList());
    }

    private static String text(Configuration configuration, Key<?> key) {
        return configuration.getTrimmed(key.name(), key.defaultText());
    }
}
