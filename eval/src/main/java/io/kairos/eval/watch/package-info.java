/* SPDX-License-Identifier: Apache-2.0 */
/** Looks at a running cluster through the web pages of its daemons, and says what it sees. */
@NullMarked
package io.kairos.eval.watch;

import org.jspecify.annotations.NullMarked;
