/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.why.Explanation;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.hadoop.http.HttpServer2;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page below {@value #PATH}: its three files, and data for them. It is a servlet of the ResourceManager's own web server as
 * /jmx is one, so the same filters stand before it, and data that /jmx would refuse is refused. On a ResourceManager that is not active
 * YARN's filter sends on to the active one.
 */
public final class PageServlet extends HttpServlet {
    static final String PATH = "/kairos";

    private static final long serialVersionUID = 1L;
    private static final String SHOWN = PageServlet.class.getName() + ".page";
    private static final String INSTALLED = PageServlet.class.getName() + ".installed";

    /** Only what this server sends, no script or style within the page, and nobody else's frame around it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /** Immutable once the servlet is there. */
    private final transient Map<String, Answer> files = new HashMap<>();

    /** Has the server show this page, in place of another one that it may have shown. */
    static void show(Page page, HttpServer2 server) {
        server.setAttribute(SHOWN, page);
        if (server.getAttribute(INSTALLED) == null) {
            server.setAttribute(INSTALLED, true);
            server.addServlet("kairos", PATH + "/*", PageServlet.class);
        }
    }

    @SuppressWarnings("ReferenceEquality") // another one may be shown by now
    static void hide(Page page, HttpServer2 server) {
        if (server.getAttribute(SHOWN) == page) {
            server.setAttribute(SHOWN, null);
        }
    }

    @Override
    public void init() throws ServletException {
        files.put("", file("text/html;charset=utf-8", "page.html"));
        files.put("/page.css", file("text/css;charset=utf-8", "page.css"));
        files.put("/page.js", file("text/javascript;charset=utf-8", "page.js"));
    }

    private static Answer file(String type, String name) throws ServletException {
        try (InputStream in = Objects.requireNonNull(PageServlet.class.getResourceAsStream(name), name)) {
            return Answer.file(type, in.readAllBytes());
        } catch (IOException e) {
            throw new ServletException(name + " cannot be read", e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        if (path.equals("/")) {
            // What the page refers to is named as seen from its address without the slash.
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "../kairos");
            return;
        }
        @Nullable Page page = getServletContext().getAttribute(SHOWN) instanceof Page shown ? shown : null;
        if (page == null) {
            refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "this ResourceManager is not active", request, response);
        } else if (!page.isOn()) {
            refuse(
                    HttpServletResponse.SC_NOT_FOUND,
                    "the page is turned off: " + ResourceManagerKeys.PAGE.name() + " is false",
                    request,
                    response);
        } else if (files.containsKey(path)) {
            files.get(path).send(request, response);
        } else if (HttpServer2.isInstrumentationAccessAllowed(getServletContext(), request, response)) {
            data(page, path, request).send(request, response);
        }
    }

    private static Answer data(Page page, String path, HttpServletRequest request) {
        String id = Objects.requireNonNullElse(request.getParameter("id"), "");
        return switch (path) {
            case "/data" -> page.answer(Page.Kind.CLUSTER, "", user(request));
            case "/node" -> page.answer(Page.Kind.NODE, id, user(request));
            case "/why" ->
                Explanation.isId(id)
                        ? page.answer(Page.Kind.WHY, id, user(request))
                        : Answer.refusal(
                                HttpServletResponse.SC_NOT_FOUND,
                                "expected an id as container_1700000000000_0001_01_000002 or"
                                        + " application_1700000000000_0001");
            default ->
                Answer.refusal(HttpServletResponse.SC_NOT_FOUND, "there is nothing here: the page is at " + PATH);
        };
    }

    private static void refuse(int status, String line, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer.refusal(status, line).send(request, response);
    }

    private static String user(HttpServletRequest request) {
        @Nullable Principal principal = request.getUserPrincipal();
        return Objects.requireNonNullElse(principal == null ? request.getRemoteUser() : principal.getName(), "");
    }
}
