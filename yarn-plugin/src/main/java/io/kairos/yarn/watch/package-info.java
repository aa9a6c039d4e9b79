/* SPDX-License-Identifier: Apache-2.0 */
/** What both tiers show of themselves through Hadoop's metrics system and JMX: the means, not the figures. */
@NullMarked
package io.kairos.yarn.watch;

import org.jspecify.annotations.NullMarked;
