/* SPDX-License-Identifier: Apache-2.0 */
/** A Docker engine, asked with a deadline on every call: what the node tier needs of it and no more. */
@NullMarked
package io.kairos.node.docker;

import org.jspecify.annotations.NullMarked;
