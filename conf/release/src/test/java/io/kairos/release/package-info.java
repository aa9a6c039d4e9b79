/* SPDX-License-Identifier: Apache-2.0 */
/** Whether a release holds what it should, and runs. */
@NullMarked
package io.kairos.release;

import org.jspecify.annotations.NullMarked;
