/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerSpec.Mount;
import io.kairos.node.docker.DockerEngine;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.nm.docker.DockerRequest.MountRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** What a site lets applications ask of Docker. Immutable. */
final class DockerRules {
    private final String defaultImage;
    private final List<String> images;
    private final List<Path> readOnly;
    private final List<Path> readWrite;
    private final List<String> networks;
    private final String defaultNetwork;
    private final List<String> capabilities;
    private final List<Mount> defaultMounts;

    /** @throws SettingException one line with key, value and what is allowed */
    DockerRules(Configuration configuration) {
        defaultImage = configuration.getTrimmed(YarnConfiguration.NM_DOCKER_IMAGE_NAME, "");
        images = list(DockerKeys.ALLOWED_IMAGES.read(configuration));
        readOnly = paths(DockerKeys.ALLOWED_READ_ONLY_MOUNTS.read(configuration));
        readWrite = paths(DockerKeys.ALLOWED_READ_WRITE_MOUNTS.read(configuration));
        networks = List.of(configuration.getTrimmedStrings(
                YarnConfiguration.NM_DOCKER_ALLOWED_CONTAINER_NETWORKS,
                YarnConfiguration.DEFAULT_NM_DOCKER_ALLOWED_CONTAINER_NETWORKS));
        defaultNetwork = configuration.getTrimmed(
                YarnConfiguration.NM_DOCKER_DEFAULT_CONTAINER_NETWORK,
                YarnConfiguration.DEFAULT_NM_DOCKER_DEFAULT_CONTAINER_NETWORK);
        if (!networks.contains(defaultNetwork)) {
            throw new SettingException(YarnConfiguration.NM_DOCKER_DEFAULT_CONTAINER_NETWORK + " is '"
                    + defaultNetwork + "': expected one of " + networks + ", as "
                    + YarnConfiguration.NM_DOCKER_ALLOWED_CONTAINER_NETWORKS + " says");
        }
        capabilities = Arrays.stream(configuration.getTrimmedStrings(
                        YarnConfiguration.NM_DOCKER_CONTAINER_CAPABILITIES,
                        YarnConfiguration.DEFAULT_NM_DOCKER_CONTAINER_CAPABILITIES))
                .map(name -> name.toUpperCase(Locale.ROOT))
                .filter(name -> !name.equals("NONE"))
                .toList();
        for (String capability : capabilities) {
            if (!DockerEngine.isCapability(capability)) {
                throw new SettingException(YarnConfiguration.NM_DOCKER_CONTAINER_CAPABILITIES + " has '" + capability
                        + "': expected names of capabilities such as CHOWN, or none");
            }
        }
        defaultMounts = new ArrayList<>();
        addDefaultMounts(configuration, YarnConfiguration.NM_DOCKER_DEFAULT_RO_MOUNTS, true);
        addDefaultMounts(configuration, YarnConfiguration.NM_DOCKER_DEFAULT_RW_MOUNTS, false);
    }

    private void addDefaultMounts(Configuration configuration, String key, boolean readOnlyMounts) {
        for (String mount : configuration.getTrimmedStrings(key)) {
            String[] parts = mount.split(":", -1);
            if (parts.length != 2 || !parts[0].startsWith("/") || !parts[1].startsWith("/")) {
                throw new SettingException(key + " has '" + mount + "': expected /source:/target");
            }
            defaultMounts.add(new Mount(parts[0], parts[1], readOnlyMounts));
        }
    }

    List<String> capabilities() {
        return capabilities;
    }

    List<Mount> defaultMounts() {
        return defaultMounts;
    }

    /** @throws IllegalArgumentException one line: the image is not allowed, or none is named */
    String image(DockerRequest request) {
        String image = request.image() == null ? defaultImage : request.image();
        if (image.isEmpty()) {
            throw new IllegalArgumentException("no Docker image: expected YARN_CONTAINER_RUNTIME_DOCKER_IMAGE, or "
                    + YarnConfiguration.NM_DOCKER_IMAGE_NAME + " on the NodeManager");
        }
        if (images.stream().noneMatch(pattern -> matches(pattern, image))) {
            throw new IllegalArgumentException("Docker image '" + image + "' is not allowed: expected one of " + images
                    + ", as " + DockerKeys.ALLOWED_IMAGES.name() + " says");
        }
        return image;
    }

    /** @throws IllegalArgumentException one line: the network is not allowed */
    String network(DockerRequest request) {
        String network = request.network() == null ? defaultNetwork : request.network();
        if (!networks.contains(network)) {
            throw new IllegalArgumentException("Docker network '" + network + "' is not allowed: expected one of "
                    + networks + ", as " + YarnConfiguration.NM_DOCKER_ALLOWED_CONTAINER_NETWORKS + " says");
        }
        return network;
    }

    /**
     * A mount of the host that was asked for, with links resolved, so that none leads out of what is allowed.
     *
     * @throws IllegalArgumentException one line: it is not allowed, or not there
     */
    Mount mount(MountRequest request) {
        Path source;
        try {
            source = Path.of(request.source()).toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException("Docker mount '" + request.source() + "': no such file or folder", e);
        }
        boolean allowed = isBelow(source, readWrite) || (request.readOnly() && isBelow(source, readOnly));
        if (!allowed) {
            String key = request.readOnly()
                    ? DockerKeys.ALLOWED_READ_ONLY_MOUNTS.name()
                    : DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name();
            throw new IllegalArgumentException("Docker mount '" + request.source() + "' ("
                    + (request.readOnly() ? "ro" : "rw") + ") is not allowed: expected a path below "
                    + (request.readOnly() ? concat(readOnly, readWrite) : readWrite) + ", as " + key + " says");
        }
        return new Mount(source.toString(), request.target(), request.readOnly());
    }

    private static List<Path> concat(List<Path> some, List<Path> more) {
        List<Path> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static boolean isBelow(Path source, List<Path> allowed) {
        return allowed.stream().anyMatch(source::startsWith);
    }

    private static boolean matches(String pattern, String image) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return image.matches(regex);
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static List<Path> paths(String value) {
        return list(value).stream().map(DockerRules::realPath).toList();
    }

    /** A path that is not there yet is taken as it is written. */
    private static Path realPath(String text) {
        Path path = Path.of(text).toAbsolutePath().normalize();
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
