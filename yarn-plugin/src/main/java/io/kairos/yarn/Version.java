/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of Kairos this is; daemons show it, so that those of one cluster can be compared. */
public final class Version {
    /** Where a jar of the plugin has it. */
    public static final String RESOURCE = "io/kairos/yarn/version.properties";

    private static final String TEXT = own();

    private Version() {}

    /** As Maven knows it, such as 0.1.0. */
    public static String text() {
        return TEXT;
    }

    /** What the resource of a jar says. */
    public static String in(InputStream resource) throws IOException {
        Properties properties = new Properties();
        properties.load(resource);
        return properties.getProperty("version", "unknown");
    }

    private static String own() {
        try (InputStream resource = Version.class.getResourceAsStream("/" + RESOURCE)) {
            return resource == null ? "unknown" : in(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
