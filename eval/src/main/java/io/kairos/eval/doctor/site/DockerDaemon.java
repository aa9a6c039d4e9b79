/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the engine's daemon.json says. Immutable.
 *
 * @param file where it is, or belongs
 * @param liveRestore whether containers outlive the engine
 * @param cgroupDriver where one is chosen
 */
public record DockerDaemon(Path file, boolean liveRestore, Optional<String> cgroupDriver) {
    /** Where it is unless somebody says otherwise. */
    public static final Path USUAL = Path.of("/etc/docker/daemon.json");

    private static final String DRIVER = "native.cgroupdriver=";

    /** @throws SiteException one line: the file, the line in it, and what was expected */
    public static DockerDaemon read(Path file) throws SiteException {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new SiteException(
                    file + ":" + line + ": expected JSON, but "
                            + e.getOriginalMessage().lines().findFirst().orElse("it is none"),
                    e);
        } catch (IOException e) {
            throw new SiteException(
                    file + ": " + (Files.exists(file) ? "no permission" : "no such file")
                            + "; expected Docker's daemon.json",
                    e);
        }
        Optional<String> driver = Optional.empty();
        for (JsonNode option : json.path("exec-opts")) {
            if (option.asText().startsWith(DRIVER)) {
                driver = Optional.of(option.asText().substring(DRIVER.length()));
            }
        }
        return new DockerDaemon(file, json.path("live-restore").asBoolean(false), driver);
    }
}
