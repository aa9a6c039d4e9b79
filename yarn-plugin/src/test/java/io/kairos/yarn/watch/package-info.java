/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.yarn.watch;

import org.jspecify.annotations.NullMarked;
