/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Property;
import io.kairos.eval.doctor.Change.Removal;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.SiteFiles;

/** What is done to a key of the daemons, in the file that sets it or in which it belongs. */
final class Mend {
    private Mend() {}

    /** It gets another value. */
    static Property to(SiteFiles files, String key, Object value) {
        return new Property(files.fileOf(key).name(), key, String.valueOf(value));
    }

    /** Its value is a fault, and another one mends that. */
    static void found(SiteFiles files, Notes notes, Rule rule, String key, Object value) {
        notes.found(rule, files.told(key), to(files, key, value));
    }

    /** It is taken out. */
    static Removal without(SiteFiles files, String key) {
        return new Removal(files.fileOf(key).name(), key);
    }
}
