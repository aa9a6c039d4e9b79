/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.EngineInfo;
import io.kairos.yarn.conf.DockerKeys;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Asks the Docker engine of this machine what it is and which images it has. */
final class EngineReader {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Of more images nobody wants to wait for the answers. */
    private static final int MOST_IMAGES = 200;

    private EngineReader() {}

    static Known<Host.Engine> read(Configuration configuration) {
        String host = NodePlan.lenient(DockerKeys.HOST, configuration);
        try (DockerEngine engine = new DockerEngine(host, LIMIT, LIMIT)) {
            EngineInfo info = engine.info();
            List<String> images = engine.images();
            Set<String> checked = new HashSet<>();
            for (String image : images.subList(0, Math.min(images.size(), MOST_IMAGES))) {
                if (engine.hasHealthCheck(image)) {
                    checked.add(image);
                }
            }
            return Known.of(new Host.Engine(info, images, checked));
        } catch (EngineException e) {
            return Known.not("no Docker engine answers: " + e.getMessage());
        }
    }
}
