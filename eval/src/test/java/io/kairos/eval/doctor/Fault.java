/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

/**
 * One thing wrong with a site that is otherwise in good order.
 *
 * @param rule what is to be found, and nothing else
 * @param label tells several faults of one rule apart
 */
record Fault(String rule, String label, Injection injection) {
    interface Injection {
        void into(TestSite site) throws Exception;
    }

    static Fault of(String rule, Injection injection) {
        return new Fault(rule, "", injection);
    }

    @Override
    public String toString() {
        return rule + (label.isEmpty() ? "" : ", " + label);
    }
}
