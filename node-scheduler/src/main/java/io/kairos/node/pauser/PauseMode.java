/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

/** What a paused task may still do. */
public enum PauseMode {
    /** Nothing: its processes stand still. */
    FREEZE,
    /** Crawl, at a hundredth of a core: enough for heartbeats, too little for work. */
    THROTTLE
}
