/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.chart.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page that needs nothing beside itself: no network, no script, no font. */
public final class Page {
    private Page() {}

    /**
     * The whole page; also well-formed XML if the body is.
     *
     * @param title as plain text
     * @param body as HTML
     */
    public static String render(String title, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """
                .formatted(Markup.escape(title), stylesheet(), body);
    }

    /** Which line of a chart is whose, in the order of their classes s0, s1 and so on. */
    public static String legend(List<String> names) {
        StringBuilder html = new StringBuilder("<p class=\"legend\">");
        for (int i = 0; i < names.size(); i++) {
            html.append("<svg class=\"key-line\" viewBox=\"0 0 30 8\" aria-hidden=\"true\"><line class=\"line s" + i % 6
                    + "\" x1=\"0\" y1=\"4\" x2=\"30\" y2=\"4\"/></svg>" + Markup.escape(names.get(i)) + " ");
        }
        return html.append("</p>\n").toString();
    }

    private static String stylesheet() {
        try (InputStream css = Page.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is missing from the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css cannot be read", e);
        }
    }
}
