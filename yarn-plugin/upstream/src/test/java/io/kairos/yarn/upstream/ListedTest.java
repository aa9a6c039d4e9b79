/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.hadoop.yarn.server.resourcemanager.MockRM;
import org.junit.jupiter.api.Test;

/** The list of tests names tests there are. */
class ListedTest {
    @Test
    void everyListedTestExists() throws Exception {
        Map<String, String> classes = testClasses();
        List<String> unknown = Listed.all().keySet().stream()
                .filter(test -> !exists(classes, test))
                .toList();
        assertThat(unknown)
                .as("tests in upstream-tests.txt that Hadoop does not have")
                .isEmpty();
    }

    private static boolean exists(Map<String, String> classes, String test) {
        String[] parts = test.split("#", -1);
        String name = classes.get(parts[0]);
        if (name == null || parts.length != 2) {
            return false;
        }
        try {
            // Not all tests are public, and some are inherited.
            for (Class<?> type = Class.forName(name); type != Object.class; type = type.getSuperclass()) {
                if (Arrays.stream(type.getDeclaredMethods())
                        .map(Method::getName)
                        .anyMatch(parts[1]::equals)) {
                    return true;
                }
            }
        } catch (ClassNotFoundException e) {
            return false;
        }
        return false;
    }

    /** Full names of the test classes, by simple name. */
    private static Map<String, String> testClasses() throws IOException {
        URL jar = MockRM.class.getProtectionDomain().getCodeSource().getLocation();
        try (JarFile file = new JarFile(Path.of(jar.getPath()).toFile())) {
            return file.stream()
                    .map(entry -> entry.getName().replaceAll("\\.class$", "").replace('/', '.'))
                    .filter(name -> name.matches(".*\\.Test[A-Za-z]+"))
                    .collect(Collectors.toMap(
                            name -> name.substring(name.lastIndexOf('.') + 1), name -> name, (one, other) -> one));
        }
    }
}
