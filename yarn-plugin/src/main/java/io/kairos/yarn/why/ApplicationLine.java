/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

/** An application as the ResourceManager's REST pages know it. */
public record ApplicationLine(String id, String user, String name, String queue, String state) {}
