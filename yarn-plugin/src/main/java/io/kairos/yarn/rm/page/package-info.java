/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The page that the ResourceManager's own web server shows of the cluster, behind the filters of all its pages. What it shows is
 * read where JMX reads it; nothing here takes the scheduler's lock.
 */
@NullMarked
package io.kairos.yarn.rm.page;

import org.jspecify.annotations.NullMarked;
