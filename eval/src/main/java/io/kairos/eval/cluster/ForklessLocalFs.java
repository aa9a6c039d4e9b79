/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.local.LocalConfigKeys;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, which changes modes itself. An installed Hadoop has a native library for that; its jars alone
 * start a {@code chmod} for each, 21 for every container launched, which made a small machine look busy under any scheduler.
 */
public final class ForklessLocalFs extends ChecksumFs {
    /** Hadoop makes it by reflection. */
    public ForklessLocalFs(URI uri, Configuration configuration) throws IOException, URISyntaxException {
        super(new RawFs(configuration));
    }

    private static final class RawFs extends DelegateToFileSystem {
        RawFs(Configuration configuration) throws IOException, URISyntaxException {
            super(
                    FsConstants.LOCAL_FS_URI,
                    new ModesWithoutFork(),
                    configuration,
                    FsConstants.LOCAL_FS_URI.getScheme(),
                    false);
        }

        @Override
        public int getUriDefaultPort() {
            return -1;
        }

        @Override
        public FsServerDefaults getServerDefaults(Path path) throws IOException {
            return LocalConfigKeys.getServerDefaults();
        }

        @Override
        @Deprecated
        public FsServerDefaults getServerDefaults() throws IOException {
            return LocalConfigKeys.getServerDefaults();
        }

        @Override
        public boolean isValidName(String name) {
            return true;
        }
    }

    private static final class ModesWithoutFork extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission mode) throws IOException {
            if (mode.getStickyBit()) {
                super.setPermission(path, mode);
                return;
            }
            try {
                Files.setPosixFilePermissions(pathToFile(path).toPath(), permissions(mode.toShort()));
            } catch (NoSuchFileException e) {
                throw new FileNotFoundException(e.getFile());
            }
        }

        private static Set<PosixFilePermission> permissions(int mode) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            // Declared in the order of the mode's bits, the highest first.
            for (PosixFilePermission permission : PosixFilePermission.values()) {
                if ((mode >> (8 - permission.ordinal()) & 1) == 1) {
                    permissions.add(permission);
                }
            }
            return permissions;
        }
    }
}
