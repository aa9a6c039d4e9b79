/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.workloads.mix;

import org.jspecify.annotations.NullMarked;
