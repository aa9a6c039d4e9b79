/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

/** What is done if this process is ended, by Ctrl-C or kill, before the work is: nothing may be left running or frozen. */
final class Ending implements AutoCloseable {
    private final Thread hook;

    /** @param action runs in a thread of its own while the process is on its way out */
    Ending(String name, Runnable action) {
        hook = new Thread(action, name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The work is done. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is on its way out: the hook is at work.
        }
    }
}
