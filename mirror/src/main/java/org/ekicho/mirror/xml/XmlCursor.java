package org.ekicho.mirror.xml;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.jspecify.annotations.Nullable;

/// Walks through an XML document element by element, holding no more than the current one.
///
/// ```java
/// cursor.root("repomd");
/// int depth = cursor.depth();
/// while (cursor.child(depth)) {
///     switch (cursor.name()) {
///         case "revision" -> revision = cursor.text();
///         default -> {} // what is not read is skipped, whatever is in it
///     }
/// }
/// ```
/// Whatever is wrong with the document is a [RefusedException]; an [IOException] is the stream's own.
public final class XmlCursor {
    private final XMLStreamReader2 xml;
    private final MeteredInput input;
    private final XmlLimits limits;
    private final Doctype doctype;
    private final Set<String> names = new HashSet<>();
    private int depth;

    private XmlCursor(XMLStreamReader2 xml, MeteredInput input, XmlLimits limits, Doctype doctype) {
        this.xml = xml;
        this.input = input;
        this.limits = limits;
        this.doctype = doctype;
    }

    public static XmlCursor open(InputStream in, XmlLimits limits, Doctype doctype)
            throws IOException, RefusedException {
        MeteredInput input = new MeteredInput(in, limits.tokenBytes());
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        try {
            return new XmlCursor((XMLStreamReader2) factory.createXMLStreamReader(input), input, limits, doctype);
        } catch (XMLStreamException e) {
            throw refused(e, input);
        }
    }

    /// Goes to the root element, which must have one of these names: a login page in place of metadata is noticed here.
    ///
    /// @return its name
    public String root(String... names) throws IOException, RefusedException {
        int event;
        try {
            do {
                event = next();
            } while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_DOCUMENT);
        } catch (RefusedException e) {
            // Not even a first tag: whatever it is, it is no XML.
            throw e.refusal().reason() == MirrorReason.MALFORMED
                    ? new RefusedException(new Refusal(
                            MirrorReason.NOT_WHAT_IT_SHOULD_BE,
                            "no XML: " + e.refusal().detail(),
                            e.refusal().line(),
                            e.refusal().column()))
                    : e;
        }
        for (String name : names) {
            if (name.equals(name())) {
                return name;
            }
        }
        throw refusal(
                MirrorReason.NOT_WHAT_IT_SHOULD_BE,
                "the root element is <" + name() + ">, expected <" + String.join("> or <", names) + ">");
    }

    /// How many elements are open, the current one included.
    public int depth() {
        return depth;
    }

    /// Goes to the next child of the element at this depth, past whatever is left of the one before. False when the
    /// element ends; the cursor then stands on its end.
    public boolean child(int parentDepth) throws IOException, RefusedException {
        while (depth >= parentDepth) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT && depth == parentDepth + 1) {
                return true;
            }
        }
        return false;
    }

    /// The current element's name without its prefix.
    public String name() {
        return xml.getLocalName();
    }

    /// The current element's prefix; empty when it has none.
    public String prefix() {
        String prefix = xml.getPrefix();
        return prefix == null ? "" : prefix;
    }

    /// The value of an attribute of the current element; null when it has none.
    public @Nullable String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /// The value of an attribute of the current element; empty when it has none.
    public String attributeOr(String name, String otherwise) {
        String value = attribute(name);
        return value == null ? otherwise : value;
    }

    /// The value of an attribute that must be there.
    public String needed(String name) throws RefusedException {
        String value = attribute(name);
        if (value == null) {
            throw refusal(MirrorReason.MALFORMED, "<" + name() + "> has no " + name);
        }
        return value;
    }

    /// The text of the current element, to its end; elements inside are skipped.
    public String text() throws IOException, RefusedException {
        int own = depth;
        String first = "";
        StringBuilder more = null;
        while (true) {
            int event = next();
            if (depth < own) {
                return more == null ? first : more.toString();
            }
            if (depth > own || !isText(event)) {
                continue;
            }
            String piece = piece();
            if (first.isEmpty()) {
                first = piece;
            } else {
                more = more == null ? new StringBuilder(first) : more;
                if (more.length() + piece.length() > limits.tokenBytes()) {
                    throw tooLarge("a text of more than " + limits.tokenBytes() + " bytes");
                }
                more.append(piece);
            }
        }
    }

    /// A refusal at the current place.
    public RefusedException refusal(MirrorReason reason, String detail) {
        Location at = xml.getLocation();
        return new RefusedException(
                new Refusal(reason, detail, Math.max(at.getLineNumber(), 0), Math.max(at.getColumnNumber(), 0)));
    }

    /// The next event of the parser, for whoever copies a document.
    int next() throws IOException, RefusedException {
        input.tokenBegins();
        try {
            int event = advance();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > limits.depth()) {
                        throw tooLarge("more than " + limits.depth() + " elements within each other");
                    }
                    countNames();
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD -> doctype();
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refusal(MirrorReason.FORBIDDEN_XML, "entity &" + xml.getLocalName() + ";");
                default -> {}
            }
            return event;
        } catch (XMLStreamException e) {
            throw refused(e, input);
        } catch (UncheckedStreamException e) {
            throw refused(e, input);
        }
    }

    /// The parser's next event. On some malformed input, such as an element whose prefix is `xmlns`, it fails with an
    /// exception of its own insides.
    private int advance() throws XMLStreamException, RefusedException {
        try {
            return xml.next();
        } catch (UncheckedStreamException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refusal(MirrorReason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /// The parser itself, on its current event.
    XMLStreamReader2 parser() {
        return xml;
    }

    /// The current event's text.
    String piece() throws IOException, RefusedException {
        try {
            return xml.getText();
        } catch (UncheckedStreamException e) {
            throw refused(e, input);
        }
    }

    static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
    }

    private void countNames() throws RefusedException {
        names.add(xml.getPrefixedName());
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            names.add(xml.getAttributeLocalName(i));
        }
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            String prefix = xml.getNamespacePrefix(i);
            names.add(prefix == null ? "" : prefix);
        }
        if (names.size() > limits.names()) {
            throw tooLarge("more than " + limits.names() + " names of elements and attributes");
        }
    }

    private void doctype() throws RefusedException, XMLStreamException {
        if (doctype == Doctype.REFUSED) {
            throw refusal(MirrorReason.FORBIDDEN_XML, "a document type declaration");
        }
        String declared = xml.getDTDInfo().getDTDInternalSubset();
        if (declared != null && !declared.isBlank()) {
            throw refusal(MirrorReason.FORBIDDEN_XML, "declarations in its document type");
        }
    }

    private RefusedException tooLarge(String detail) {
        return refusal(MirrorReason.TOO_LARGE, detail);
    }

    /// What the parser says, as a refusal; what the stream under it said, as the exception that it was.
    private static RefusedException refused(Exception e, MeteredInput input) throws IOException {
        MirrorReason reason = MirrorReason.MALFORMED;
        String message = String.valueOf(e.getMessage());
        Location at = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof XMLStreamException parser && at == null) {
                at = parser.getLocation();
                message = String.valueOf(parser.getMessage());
            } else if (cause instanceof TokenTooLongException) {
                reason = MirrorReason.TOO_LARGE;
                message = String.valueOf(cause.getMessage());
            } else if (cause instanceof IOException stream && input.threw(stream)) {
                throw stream;
            }
        }
        int end = message.indexOf("\n at [");
        return new RefusedException(new Refusal(
                reason,
                end < 0 ? message : message.substring(0, end),
                at == null ? 0 : Math.max(at.getLineNumber(), 0),
                at == null ? 0 : Math.max(at.getColumnNumber(), 0)));
    }
}
