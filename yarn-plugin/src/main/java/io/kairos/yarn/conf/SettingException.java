/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

/**
 * The configuration has a value with which no daemon can start; the message, one line, says key, value and what was expected. It
 * has no stack trace: Hadoop would log that four times over, and the line says all.
 */
public final class SettingException extends IllegalArgumentException {
    public SettingException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
