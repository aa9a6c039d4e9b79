/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.eval.experiment;

import org.jspecify.annotations.NullMarked;
