/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.node.meter;

import org.jspecify.annotations.NullMarked;
