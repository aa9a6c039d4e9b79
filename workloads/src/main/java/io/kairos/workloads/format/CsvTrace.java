/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import org.apache.commons.csv.CSVFormat;

/** The columns of a CSV trace, as its header line names them. */
final class CsvTrace {

    static final String JOB = "job_id";
    static final String SUBMIT_TIME = "submit_time";
    static final String DURATION = "duration";
    static final String STAGE = "stage";
    static final String CLASS = "class";

    /** RFC 4180, lines ended by LF alone; blanks around fields that are not quoted do not count. */
    static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setIgnoreSurroundingSpaces(true)
            .get();

    private CsvTrace() {}
}
