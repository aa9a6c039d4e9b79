/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

/** A file that was to be looked over cannot be read; the message, one line, says which, where in it, and what was expected. */
public final class SiteException extends Exception {
    private static final long serialVersionUID = 1L;

    public SiteException(String message) {
        super(message);
    }

    public SiteException(String message, Throwable cause) {
        super(message, cause);
    }
}
