/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Hands every call on to another pauser; subclasses add to some. */
public abstract class ForwardingPauser extends RoutingPauser {
    private final Pauser pauser;

    protected ForwardingPauser(Pauser pauser) {
        this.pauser = pauser;
    }

    @Override
    protected final Pauser of(String task) {
        return pauser;
    }

    /** This one, as subclasses add to what is handed on. */
    @Override
    public Pauser serving(String task) {
        return this;
    }

    @Override
    public String name() {
        return pauser.name();
    }

    @Override
    public boolean relaxes() {
        return pauser.relaxes();
    }

    @Override
    public List<String> frozenTasks() throws IOException {
        return pauser.frozenTasks();
    }

    @Override
    public Optional<String> offBecause() {
        return pauser.offBecause();
    }

    @Override
    public void close() {
        pauser.close();
    }
}
