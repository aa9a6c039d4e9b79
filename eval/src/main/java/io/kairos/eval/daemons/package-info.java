/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A cluster of real daemons on this host: Hadoop's own processes from its published jars, with the plugin jar on their class path
 * and a configuration directory that unchanged clients use as it is.
 */
@NullMarked
package io.kairos.eval.daemons;

import org.jspecify.annotations.NullMarked;
