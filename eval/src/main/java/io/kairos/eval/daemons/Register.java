/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kairos.eval.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is of a cluster: written before the first daemon is started, so that whoever comes later finds them all.
 *
 * @param webAddresses of the ResourceManagers
 * @param history web address of the server with the history of MapReduce jobs
 * @param nameNode web address, empty without HDFS
 * @param daemons in the order in which they are started
 */
record Register(
        DaemonSettings settings, List<String> webAddresses, String history, String nameNode, List<Daemon> daemons) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Register read(Path file) throws IOException {
        try {
            return MAPPER.readValue(Files.readString(file), Register.class);
        } catch (JacksonException e) {
            throw new IOException(
                    file + ": expected what 'kairos cluster up' wrote: "
                            + e.getOriginalMessage().lines().findFirst().orElse("malformed"),
                    e);
        }
    }

    void write(Path file) throws IOException {
        String text = MAPPER.writeValueAsString(this) + "\n";
        WholeFile.write(file, draft -> Files.writeString(draft, text));
    }

    /** With this daemon in place of the one of its name. */
    Register with(Daemon daemon) {
        List<Daemon> now = new ArrayList<>(daemons);
        now.replaceAll(known -> known.name().equals(daemon.name()) ? daemon : known);
        return new Register(settings, webAddresses, history, nameNode, List.copyOf(now));
    }
}
