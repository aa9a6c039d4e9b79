/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathHandle;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.util.FSDownload;
import org.jspecify.annotations.Nullable;

/**
 * The host's file system for a NodeManager that is root and fetches what users ask for: the resources of their containers are
 * read with the rights of a {@link LocalReader}, whether they are asked for by {@code file:} or by another file system that leads
 * here. What the NodeManager reads for itself, and all that is written, goes the usual way. Thread-safe.
 */
public final class SubmittersFileSystem extends LocalFileSystem {
    private static final String IMPLEMENTATION = "fs.file.impl";

    /** Kind, mode, bytes, seconds and name of each file. */
    private static final String FORMAT = "%y\\t%m\\t%s\\t%T@\\t%P\\0";

    private static final int FIELDS = 5;
    private static final int OCTAL = 8;
    private static final int MILLIS_DIGITS = 3;

    /** Ends the name of the folder that YARN makes for a resource while it fetches it. */
    private static final String FETCHED = "_tmp";

    private LocalReader reader = LocalReader.EVERYBODY;
    private @Nullable String fetched;

    /**
     * Has this file system used wherever {@code file:} is met with a configuration. It is made anew for each use, for a cached one
     * would be another user's.
     */
    static void use(Configuration configuration, LocalReader reader) {
        configuration.setClass(IMPLEMENTATION, SubmittersFileSystem.class, LocalFileSystem.class);
        configuration.setBoolean(IMPLEMENTATION + ".disable.cache", true);
        reader.write(configuration);
    }

    @Override
    public void initialize(URI asked, Configuration configuration) throws IOException {
        super.initialize(asked, configuration);
        reader = LocalReader.read(configuration);
        Path path = new Path(asked.getPath().isEmpty() ? Path.SEPARATOR : asked.getPath());
        fetched = isBeingFetched(path, configuration) ? path.toUri().getPath() : null;
    }

    /** The copy is looked at, too, by root alone; it is made in a new folder of the NodeManager's. */
    private static boolean isBeingFetched(Path path, Configuration configuration) {
        Path parent = path.getParent();
        return parent != null
                && parent.getName().endsWith(FETCHED)
                && Arrays.stream(configuration.getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS))
                        .map(folder -> new Path(folder).toUri().getPath())
                        .anyMatch(folder -> isIn(path.toUri().getPath(), folder));
    }

    private static boolean isIn(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + Path.SEPARATOR);
    }

    /** Whether it is read for a user. A user's reader has no other use; the other one is the whole NodeManager's. */
    private boolean isForUser() {
        return !reader.equals(LocalReader.EVERYBODY)
                || StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                        .walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == FSDownload.class));
    }

    private boolean isLookedAtForUser(Path path) {
        return isForUser() && (fetched == null || !isIn(local(path), fetched));
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return isForUser()
                ? new FSDataInputStream(new SubmittersInput(reader, local(path)))
                : super.open(path, bufferSize);
    }

    @Override
    public FSDataInputStream open(PathHandle handle, int bufferSize) throws IOException {
        if (isForUser()) {
            throw new UnsupportedOperationException("a resource is opened by its path");
        }
        return super.open(handle, bufferSize);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return isLookedAtForUser(path)
                ? find(path, "-maxdepth", "0", "-printf", FORMAT).get(0)
                : super.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        if (!isLookedAtForUser(path)) {
            return super.listStatus(path);
        }
        return find(path, "-mindepth", "1", "-maxdepth", "1", "-printf", FORMAT).stream()
                .filter(file -> !isChecksumFile(file.getPath()))
                .toArray(FileStatus[]::new);
    }

    private List<FileStatus> find(Path path, String... options) throws IOException {
        String printed = new String(reader.find(local(path), options), StandardCharsets.UTF_8);
        List<FileStatus> found = new ArrayList<>();
        for (String file : printed.split("\0")) {
            if (!file.isEmpty()) {
                found.add(status(path, file.split("\t", FIELDS)));
            }
        }
        return found;
    }

    private FileStatus status(Path path, String[] fields) throws IOException {
        String kind = fields[0];
        String name = fields[4];
        if (!kind.equals("f") && !kind.equals("d")) {
            throw new FileNotFoundException("file:" + local(path)
                    + " is, or has in it, neither a file nor a folder: expected a resource of those");
        }
        String whole = name.isEmpty() ? local(path) : local(path) + Path.SEPARATOR + name;
        long modified = new BigDecimal(fields[3]).movePointRight(MILLIS_DIGITS).longValue();
        return new FileStatus(
                Long.parseLong(fields[2]),
                kind.equals("d"),
                1,
                getDefaultBlockSize(path),
                modified,
                modified,
                new FsPermission(Short.parseShort(fields[1], OCTAL)),
                "",
                "",
                makeQualified(new Path(whole)));
    }

    private String local(Path path) {
        return makeQualified(path).toUri().getPath();
    }
}
