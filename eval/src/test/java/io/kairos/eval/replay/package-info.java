/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.eval.replay;

import org.jspecify.annotations.NullMarked;
