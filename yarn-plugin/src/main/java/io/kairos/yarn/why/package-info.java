/* SPDX-License-Identifier: Apache-2.0 */
/** Says why containers are where they are, from what the daemons' pages tell; for the command line and for the ResourceManager's page. */
@NullMarked
package io.kairos.yarn.why;

import org.jspecify.annotations.NullMarked;
