/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.apache.hadoop.security.authentication.client.AuthenticatedURL;
import org.apache.hadoop.security.authentication.client.AuthenticationException;
import org.apache.hadoop.security.authentication.client.KerberosAuthenticator;

/** Asks for a page once more, with the Kerberos ticket of this process's user. */
final class TicketedPages {
    private TicketedPages() {}

    static WebPages.Answer ask(URI page) throws IOException {
        int limit = (int) WebPages.LIMIT.toMillis();
        AuthenticatedURL authenticated = new AuthenticatedURL(new KerberosAuthenticator(), connection -> {
            connection.setConnectTimeout(limit);
            connection.setReadTimeout(limit);
            connection.setRequestProperty("Accept", "application/json");
            return connection;
        });
        try {
            HttpURLConnection connection = authenticated.openConnection(page.toURL(), new AuthenticatedURL.Token());
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : InputStream.nullInputStream()) {
                return new WebPages.Answer(status, body.readAllBytes());
            }
        } catch (AuthenticationException e) {
            throw new IOException(
                    WebPages.at(page) + ": it wants Kerberos, expected a ticket as kinit gives it: "
                            + WebPages.firstLine(e),
                    e);
        }
    }
}
