package org.ekicho.lab.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.OpenLimits;

/// The packages of one kind of metadata file, each flattened to fields: the path of an element or attribute, and its
/// value. Elements that repeat are numbered, so that their order counts.
///
/// @param packages fields by package, packages in the order of the file; named by name, version, architecture and pkgid
/// @param claimed  what the root says of their number
record RepodataSet(Map<String, Map<String, String>> packages, int claimed) {
    private static final XMLInputFactory XML = XMLInputFactory.newFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /// The file of a kind in a folder `repodata`.
    ///
    /// @param kind `primary`, `filelists`, `filelists-ext` or `other`
    static RepodataSet read(Path repodata, String kind) throws IOException, XMLStreamException {
        try (Stream<Path> files = Files.list(repodata)) {
            Path file = files.filter(
                            path -> path.getFileName().toString().matches("(.*-)?" + kind + "\\.xml(\\.[a-z0-9]+)?"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + kind + " in " + repodata));
            Codec codec = Codec.ofName(file.getFileName().toString());
            try (InputStream in = codec.decompressing(Files.newInputStream(file), OpenLimits.metadata())) {
                return read(in);
            }
        }
    }

    static RepodataSet read(InputStream in) throws XMLStreamException {
        XMLStreamReader xml = XML.createXMLStreamReader(in);
        xml.nextTag();
        int claimed = Integer.parseInt(xml.getAttributeValue(null, "packages"));
        Map<String, Map<String, String>> packages = new LinkedHashMap<>();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            Map<String, String> fields = fields(xml);
            String id = name(fields);
            if (packages.putIfAbsent(id, fields) != null) throw new XMLStreamException("twice: " + id);
        }
        return new RepodataSet(packages, claimed);
    }

    private static String name(Map<String, String> fields) {
        String name = fields.getOrDefault("package@name", fields.getOrDefault("package/name#1", "?"));
        String arch = fields.getOrDefault("package@arch", fields.getOrDefault("package/arch#1", "?"));
        String pkgid = fields.getOrDefault("package@pkgid", fields.getOrDefault("package/checksum#1", "?"));
        return name + "-" + fields.get("package/version#1@ver") + "-" + fields.get("package/version#1@rel") + "." + arch
                + " " + pkgid;
    }

    /// Fields of the element at which the reader stands; it stands at its end afterwards.
    private static Map<String, String> fields(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> fields = new TreeMap<>();
        Deque<Element> open = new ArrayDeque<>();
        open.push(new Element(xml.getLocalName()));
        attributes(xml, open.getFirst().path, fields);
        while (!open.isEmpty()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Element element = open.getFirst().child(qualified(xml));
                    open.push(element);
                    attributes(xml, element.path, fields);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.getFirst().text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    Element element = open.pop();
                    if (element.children.isEmpty()) fields.put(element.path, element.text.toString());
                }
                default -> {}
            }
        }
        return fields;
    }

    private static void attributes(XMLStreamReader xml, String path, Map<String, String> fields) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            fields.put(path + "@" + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
    }

    private static String qualified(XMLStreamReader xml) {
        String prefix = xml.getPrefix();
        return prefix == null || prefix.isEmpty() ? xml.getLocalName() : prefix + ":" + xml.getLocalName();
    }

    /// Where the two differ, one line each: the package, the field, our value and theirs.
    static List<String> differences(RepodataSet ours, RepodataSet theirs) {
        List<String> differences = new ArrayList<>();
        if (ours.claimed != theirs.claimed) {
            differences.add("packages: ours " + ours.claimed + ", theirs " + theirs.claimed);
        }
        if (!List.copyOf(ours.packages.keySet()).equals(List.copyOf(theirs.packages.keySet()))) {
            differences.add(
                    "order of packages: ours " + ours.packages.keySet() + ", theirs " + theirs.packages.keySet());
        }
        Map<String, Map<String, String>> all = new LinkedHashMap<>(theirs.packages);
        ours.packages.forEach(all::putIfAbsent);
        for (String id : all.keySet()) {
            Map<String, String> our = ours.packages.getOrDefault(id, Map.of());
            Map<String, String> their = theirs.packages.getOrDefault(id, Map.of());
            Map<String, String> both = new TreeMap<>(their);
            both.putAll(our);
            for (String field : both.keySet()) {
                String a = our.getOrDefault(field, "absent");
                String b = their.getOrDefault(field, "absent");
                if (!a.equals(b)) {
                    differences.add(id.substring(0, id.indexOf(' ')) + " " + field + ": ours \"" + a + "\", theirs \""
                            + b + "\"");
                }
            }
        }
        return differences;
    }

    /// An element that is being read.
    private static final class Element {
        private final String path;
        private final StringBuilder text = new StringBuilder();
        private final Map<String, Integer> children = new HashMap<>();

        Element(String path) {
            this.path = path;
        }

        Element child(String name) {
            return new Element(path + "/" + name + "#" + children.merge(name, 1, Integer::sum));
        }
    }
}
