/* SPDX-License-Identifier: Apache-2.0 */
/** What a person reads of a run: the table and the page. */
@NullMarked
package io.kairos.eval.report;

import org.jspecify.annotations.NullMarked;
