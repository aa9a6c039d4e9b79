/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes containers of this NodeManager that YARN does not know any more: their NodeManager died between their end and their
 * removal, or was never started again with its recovery state. One that was unknown at two looks in a row goes; between one look
 * and the next every container that is just being started becomes known. Confined to one thread.
 */
final class LeftoverSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverSweep.class);

    private final DockerEngine engine;
    private final Pauser pauser;
    private final String owner;
    private final Supplier<Collection<String>> known;
    private Set<String> unknown = Set.of();

    /**
     * @param pauser of the containers
     * @param owner value of the label {@link SpecBuilder#OWNER}
     * @param known names of the containers that YARN knows now
     */
    LeftoverSweep(DockerEngine engine, Pauser pauser, String owner, Supplier<Collection<String>> known) {
        this.engine = engine;
        this.pauser = pauser;
        this.owner = owner;
        this.known = known;
    }

    void look() {
        try {
            Map<String, String> owned = engine.labelled(SpecBuilder.OWNER);
            owned.values().removeIf(value -> !value.equals(owner));
            Set<String> now = new HashSet<>(owned.keySet());
            now.removeAll(known.get());
            for (String name : now) {
                if (unknown.contains(name)) {
                    LOG.info("Removing container {}, which YARN does not know any more", name);
                    pauser.thaw(name); // a frozen one would not die
                    engine.remove(name);
                    pauser.release(name);
                }
            }
            unknown = now;
        } catch (IOException e) {
            LOG.debug("No sweep: {}", e.getMessage());
        }
    }
}
