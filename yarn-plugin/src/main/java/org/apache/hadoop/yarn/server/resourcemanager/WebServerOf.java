/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.hadoop.yarn.server.resourcemanager;

import java.util.Optional;
import org.apache.hadoop.http.HttpServer2;
import org.apache.hadoop.yarn.webapp.WebApp;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The web server of a ResourceManager. It lives in this package because the way to it is package-private; nothing else is done here. */
@NullMarked
public final class WebServerOf {
    private WebServerOf() {}

    /** Empty where it has none, as in some tests. It runs before the scheduler starts, and as long as the ResourceManager, active or not. */
    public static Optional<HttpServer2> of(@Nullable ResourceManager manager) {
        @Nullable WebApp application = manager == null ? null : manager.getWebapp();
        return Optional.ofNullable(application).map(WebApp::httpServer);
    }
}
