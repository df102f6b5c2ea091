package org.ekicho.mirror.repodata;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.HeaderRead;
import org.ekicho.mirror.rpm.PackageRead;
import org.ekicho.mirror.rpm.RpmHeaders;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.rpm.RpmPackages;
import org.ekicho.mirror.rpm.RpmPackages.FileDigests;

/// From a file of anybody to metadata: whatever a package says, what is written of it is XML that any client can read.
public final class PackageXmlFuzz {
    private static final XMLInputFactory XML = XMLInputFactory.newFactory();
    private static final Checksum PKGID = new Checksum(HashType.SHA256, "0".repeat(64));
    private static final List<BiConsumer<RpmPackage, XmlBuffer>> WRITERS =
            List.of(PackageXml::primary, PackageXml::filelists, PackageXml::filelistsExt, PackageXml::other);

    private PackageXmlFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (!(RpmHeaders.read(ByteBuffer.wrap(data), data.length) instanceof HeaderRead.Read headers)) return;
        RpmPackages.Origin origin = new RpmPackages.Origin("a&b.rpm", data.length, 0, PKGID);
        RpmPackages.Wanted wanted = new RpmPackages.Wanted(10, FileDigests.READ);
        if (!(RpmPackages.of(headers, origin, wanted) instanceof PackageRead.Read read)) return;
        for (BiConsumer<RpmPackage, XmlBuffer> writer : WRITERS) {
            XmlBuffer out = new XmlBuffer(0);
            out.raw(XmlBuffer.ascii("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root xmlns:rpm=\"rpm\">\n"));
            writer.accept(read.rpm(), out);
            out.raw(XmlBuffer.ascii("</root>"));
            parse(out);
        }
    }

    private static void parse(XmlBuffer out) {
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(out.toBytes()));
            int packages = 0;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("package")) packages++;
            }
            if (packages != 1) throw new IllegalStateException(packages + " packages of one");
        } catch (XMLStreamException e) {
            throw new IllegalStateException("no XML: " + out, e);
        }
    }
}
