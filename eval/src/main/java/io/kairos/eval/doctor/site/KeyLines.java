/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.site;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** On which lines of a Hadoop file its keys stand; and whether it is one, for Hadoop's own reader does not say where it is not. */
final class KeyLines {
    private KeyLines() {}

    /** @throws SiteException it cannot be read or is no XML: file, line, and what was expected */
    static Map<String, List<Integer>> of(Path file) throws SiteException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            return read(file, factory.createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            throw new SiteException(file + ":" + line(e) + ": expected well-formed XML, but " + words(e), e);
        } catch (AccessDeniedException e) {
            throw new SiteException(
                    file + ": no permission; expected a file that user " + System.getProperty("user.name")
                            + " may read",
                    e);
        } catch (IOException e) {
            throw new SiteException(file + ": " + e.getMessage() + "; expected a file that can be read", e);
        }
    }

    private static Map<String, List<Integer>> read(Path file, XMLStreamReader reader)
            throws XMLStreamException, SiteException {
        Map<String, List<Integer>> lines = new TreeMap<>();
        boolean inside = false;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            int line = reader.getLocation().getLineNumber();
            if (!inside && !reader.getLocalName().equals("configuration")) {
                throw new SiteException(
                        file + ":" + line + ": expected <configuration>, not <" + reader.getLocalName() + ">");
            }
            inside = true;
            String key = key(reader);
            if (!key.isEmpty()) {
                lines.computeIfAbsent(key, any -> new ArrayList<>()).add(line);
            }
        }
        return lines;
    }

    /** Of the element that begins here; empty if it names none. */
    private static String key(XMLStreamReader reader) throws XMLStreamException {
        if (reader.getLocalName().equals("name")) {
            return reader.getElementText().strip();
        }
        String attribute = reader.getLocalName().equals("property") ? reader.getAttributeValue(null, "name") : null;
        return attribute == null ? "" : attribute.strip();
    }

    private static int line(XMLStreamException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
    }

    /** The parser's message has its place in front. */
    private static String words(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int told = message.indexOf("Message: ");
        return (told < 0 ? message : message.substring(told + "Message: ".length()))
                .replace('\n', ' ')
                .strip();
    }
}
