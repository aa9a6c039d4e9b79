/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;

/** The Docker engine did not do what it was asked. The message is one line: what was asked, of whom, what came back. */
public final class EngineException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** There is no such container (or image, or network). */
        ABSENT,
        /** Not for a container in the state that the engine takes it to be in: paused already, being removed. */
        CONFLICT,
        /** The engine answered and refused for another reason. */
        REFUSED,
        /** No answer in time. Whether it was done is unknown. */
        SILENT,
        /** No connection, or an answer that is none. Whether it was done is unknown. */
        BROKEN
    }

    private final Kind kind;

    EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the engine itself is in trouble, rather than this one request. */
    public boolean isOutage() {
        return kind == Kind.SILENT || kind == Kind.BROKEN;
    }
}
