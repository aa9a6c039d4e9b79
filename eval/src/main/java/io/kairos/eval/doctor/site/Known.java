/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What could be found out, or why not. Immutable if the value is.
 *
 * @param <T> what it is
 */
public final class Known<T> {
    private final @Nullable T value;
    private final String whyNot;

    private Known(@Nullable T value, String whyNot) {
        this.value = value;
        this.whyNot = whyNot;
    }

    public static <T> Known<T> of(T value) {
        return new Known<>(value, "");
    }

    /** Not known; a reason in a few words. */
    public static <T> Known<T> not(String why) {
        return new Known<>(null, why);
    }

    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    public boolean isKnown() {
        return value != null;
    }

    /** Empty if it is known. */
    public String whyNot() {
        return whyNot;
    }

    /** A part of it, which is not known where the whole is not. */
    public <U> Known<U> part(Function<T, Known<U>> part) {
        return value == null ? not(whyNot) : part.apply(value);
    }
}
