/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.central;

import org.jspecify.annotations.NullMarked;
