/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

/** Text inside HTML and SVG. */
public final class Markup {
    private Markup() {}

    /** The text with the five special characters replaced, fit for content and for attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
