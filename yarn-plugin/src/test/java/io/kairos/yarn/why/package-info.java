/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.yarn.why;

import org.jspecify.annotations.NullMarked;
