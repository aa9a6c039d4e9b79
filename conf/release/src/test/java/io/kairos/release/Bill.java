/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bill of materials, as CycloneDX writes it. Immutable.
 *
 * @param components in their order
 */
record Bill(List<Component> components) {

    /**
     * @param file the name that its jar would have in a Maven repository
     * @param licences how many it may be used under
     */
    record Component(String group, String name, String version, String file, int licences) {}

    Bill {
        components = List.copyOf(components);
    }

    static Bill read(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        if (!root.path("bomFormat").asText().equals("CycloneDX")) {
            throw new IOException(file + " is no CycloneDX document");
        }
        List<Component> components = new ArrayList<>();
        for (JsonNode component : root.path("components")) {
            components.add(component(component));
        }
        return new Bill(components);
    }

    private static Component component(JsonNode component) {
        String name = component.path("name").asText();
        String version = component.path("version").asText();
        String url = component.path("purl").asText();
        String classifier = url.replaceFirst("^[^?]*[?](?:[^#]*&)?classifier=([^&]*).*$", "-$1");
        return new Component(
                component.path("group").asText(),
                name,
                version,
                name + "-" + version + (classifier.equals(url) ? "" : classifier) + ".jar",
                component.path("licenses").size());
    }

    /** The versions of a component; empty if it is not in the bill. */
    List<String> versionsOf(String group, String name) {
        return components.stream()
                .filter(component -> component.group().equals(group))
                .filter(component -> component.name().equals(name))
                .map(Component::version)
                .toList();
    }
}
