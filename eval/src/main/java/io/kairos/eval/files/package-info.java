/* SPDX-License-Identifier: Apache-2.0 */
/** The files of a run: results.json, jobs.csv, events.csv. */
@NullMarked
package io.kairos.eval.files;

import org.jspecify.annotations.NullMarked;
