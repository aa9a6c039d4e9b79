/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;

/** Removes containers with all that runs in them, also what their engine began and forgot. Thread-safe. */
public final class ContainerRemoval {
    private final DockerEngine engine;
    private final ContainerProcesses processes = new ContainerProcesses();

    public ContainerRemoval(DockerEngine engine) {
        this.engine = engine;
    }

    /**
     * Removes the container of that name; no error if there is none.
     *
     * @throws EngineException the engine does not do it
     * @throws IOException one line: a process of it, of which the engine does not know, cannot be killed; the container is there
     *     still
     */
    public void remove(String name) throws IOException {
        ContainerStatus status = engine.inspectPatiently(name);
        if (status != null) {
            remove(status);
        }
    }

    /** Removes that very container, whatever has its name by now. */
    public void remove(ContainerStatus container) throws IOException {
        if (!container.begun()) {
            // Before it goes: once it is gone nobody would look again.
            processes.end(container.id());
        }
        engine.remove(container.id());
    }
}
