/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerRemoval;
import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
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
 * and the next every container that is just being started becomes known. It also ends what YARN knows still, but has given up while
 * the engine did not answer. Confined to one thread but for the last look.
 */
final class LeftoverSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverSweep.class);

    private final DockerEngine engine;
    private final ContainerRemoval removal;
    private final RoutedPauser pauser;
    private final String owner;
    private final Supplier<Collection<String>> known;
    private final LostKills lostKills;
    private Set<String> unknown = Set.of();

    /**
     * @param pauser of the containers, among others
     * @param owner value of the label {@link SpecBuilder#OWNER}
     * @param known names of the containers that YARN knows now
     * @param lostKills of some of them
     */
    LeftoverSweep(
            DockerEngine engine,
            RoutedPauser pauser,
            String owner,
            Supplier<Collection<String>> known,
            LostKills lostKills) {
        this.engine = engine;
        this.removal = new ContainerRemoval(engine);
        this.pauser = pauser;
        this.owner = owner;
        this.known = known;
        this.lostKills = lostKills;
    }

    void look() {
        lostKills.names().forEach(this::end);
        try {
            Set<String> now = ownedExcept(known.get());
            for (String name : now) {
                if (unknown.contains(name)) {
                    remove(name);
                }
            }
            unknown = now;
        } catch (EngineException e) {
            LOG.debug("No sweep: {}", e.getMessage());
        }
    }

    /** The NodeManager stops and starts no container any more: all but these go at once. For any thread. */
    void lookForTheLastTime(Collection<String> kept) {
        lostKills.names().forEach(this::end);
        try {
            for (String name : ownedExcept(kept)) {
                remove(name);
            }
        } catch (EngineException e) {
            LOG.warn("Containers may be left to the next NodeManager: {}", e.getMessage());
        }
    }

    private Set<String> ownedExcept(Collection<String> kept) throws EngineException {
        Map<String, String> owned = engine.labelled(SpecBuilder.OWNER);
        owned.values().removeIf(value -> !value.equals(owner));
        Set<String> names = new HashSet<>(owned.keySet());
        names.removeAll(kept);
        return names;
    }

    /** One that cannot be removed must not keep the others. */
    private void remove(String name) {
        LOG.info("Removing container {}, which YARN does not know any more", name);
        pauser.runsInContainer(name);
        try {
            pauser.thaw(name); // a frozen one would not die
            removal.remove(name);
            pauser.release(name);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Container {} is left to the next sweep: {}", name, e.getMessage());
        }
    }

    /**
     * Removes a container that YARN has given up. Its id is looked up before it is made sure that the name still stands for that
     * one: should YARN launch another of this name meanwhile, that has another id.
     */
    private void end(String name) {
        try {
            ContainerStatus status = engine.inspect(name);
            if (status != null && lostKills.contains(name)) {
                LOG.info("Removing container {}, which was to end while Docker did not answer", name);
                pauser.runsInContainer(name);
                pauser.thaw(name); // a frozen one would not die
                removal.remove(status);
            }
            lostKills.removed(name, () -> release(name));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Container {} is left to the next sweep: {}", name, e.getMessage());
        }
    }

    private void release(String name) {
        pauser.runsInContainer(name);
        try {
            pauser.release(name);
        } catch (IOException e) {
            LOG.warn("Of the removed container {} something is left: {}", name, e.getMessage());
        }
    }
}
