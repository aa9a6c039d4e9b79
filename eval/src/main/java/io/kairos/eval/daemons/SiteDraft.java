/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The files of a configuration directory of Hadoop, by their names, and the properties in each. Not thread-safe. */
final class SiteDraft {
    static final String CORE = "core-site.xml";
    static final String HDFS = "hdfs-site.xml";
    static final String YARN = "yarn-site.xml";
    static final String MAPREDUCE = "mapred-site.xml";
    static final String QUEUES = "capacity-scheduler.xml";

    private final Map<String, Map<String, String>> files = new TreeMap<>();

    /** Sets a property in a file; what it was before is replaced. */
    SiteDraft set(String file, String key, Object value) {
        files.computeIfAbsent(file, none -> new TreeMap<>()).put(key, String.valueOf(value));
        return this;
    }

    /** Writes them into this folder, which is made. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Map<String, String>> file : files.entrySet()) {
            write(file.getValue(), folder.resolve(file.getKey()));
        }
    }

    private static void write(Map<String, String> properties, Path file) throws IOException {
        try (Writer text = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("configuration");
            for (Map.Entry<String, String> property : properties.entrySet()) {
                xml.writeCharacters("\n  ");
                xml.writeStartElement("property");
                element(xml, "name", property.getKey());
                element(xml, "value", property.getValue());
                xml.writeCharacters("\n  ");
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(file + " could not be written: " + e.getMessage(), e);
        }
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
