/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.eval.cli;

import org.jspecify.annotations.NullMarked;
