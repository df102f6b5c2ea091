package org.ekicho.mirror.xml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamConstants;
import org.codehaus.stax2.XMLStreamReader2;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.RefusedException;
import org.jspecify.annotations.Nullable;

/// Copies an XML document while it is read, known elements and unknown ones alike, and lets parts be taken back before
/// they are written. Comments and processing instructions are left out.
///
/// What is copied waits in a text of bounded length until [#release]; [#mark] and [#takeBack] bracket what may go.
public final class XmlCopy {
    /// Most letters that wait: one package with all its files, of which the largest have some ten MB.
    public static final int MAX_WAITING = 64 << 20;

    private final XmlCursor cursor;
    private final Writer out;
    private final StringBuilder waiting = new StringBuilder(1 << 16);

    public XmlCopy(XmlCursor cursor, OutputStream out) {
        this.cursor = cursor;
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    /// The declaration, and the start tag of the root on which the cursor stands.
    ///
    /// @param attribute one whose value is replaced, when the root has it; empty: none
    public void root(String attribute, String value) throws IOException, RefusedException {
        waiting.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        startTag(attribute, value);
        waiting.append(">\n");
    }

    /// The end tag of the root, and the end of the document.
    public void endRoot(String name) throws IOException {
        waiting.append("</").append(name).append(">\n");
        release();
        out.flush();
    }

    /// Copies the current element to its end.
    public void element() throws IOException, RefusedException {
        int own = cursor.depth();
        start();
        while (cursor.depth() >= own) {
            event();
        }
    }

    /// Copies the start tag of the current element; its children are still to come.
    public void start() throws IOException, RefusedException {
        startTag("", "");
        waiting.append('>');
    }

    /// Copies the next event. Afterwards the cursor's depth tells whether an element has begun or ended.
    ///
    /// @return whether an element has begun, of which nothing was copied yet but what came before it
    public Event next() throws IOException, RefusedException {
        int event = cursor.next();
        if (XmlCursor.isText(event)) {
            text(cursor.piece());
            return Event.OTHER;
        }
        if (event == XMLStreamConstants.END_ELEMENT) {
            endTag();
            return Event.END;
        }
        return event == XMLStreamConstants.START_ELEMENT ? Event.START : Event.OTHER;
    }

    /// What [#next] came to.
    public enum Event {
        /// An element begins; its start tag is not copied yet.
        START,
        /// An element ended; its end tag is copied.
        END,
        /// Text, or what is left out.
        OTHER
    }

    /// The place up to which was copied.
    public int mark() {
        return waiting.length();
    }

    /// Forgets what was copied since a mark, and the blanks before it.
    public void takeBack(int mark) {
        int end = mark;
        while (end > 0 && (waiting.charAt(end - 1) == ' ' || waiting.charAt(end - 1) == '\t')) {
            end--;
        }
        if (end > 0 && waiting.charAt(end - 1) == '\n') {
            end--;
        }
        waiting.setLength(end);
    }

    /// Writes what waits.
    public void release() throws IOException {
        out.append(waiting);
        waiting.setLength(0);
    }

    /// Appends a line end.
    public void newline() {
        waiting.append('\n');
    }

    private void event() throws IOException, RefusedException {
        if (next() == Event.START) {
            start();
        }
        if (waiting.length() > MAX_WAITING) {
            throw cursor.refusal(MirrorReason.TOO_LARGE, "an element of more than " + MAX_WAITING + " letters");
        }
    }

    private void startTag(String replaced, String value) throws IOException, RefusedException {
        XMLStreamReader2 xml = cursor.parser();
        waiting.append('<');
        name(xml.getPrefix(), xml.getLocalName());
        boolean hasDefault = false;
        for (int i = 0; i < xml.getNamespaceCount(); i++) {
            String prefix = xml.getNamespacePrefix(i);
            boolean isDefault = prefix == null || prefix.isEmpty();
            if (isDefault && hasDefault) {
                // The parser takes `xmlns:=""` for another declaration of the default namespace.
                throw cursor.refusal(MirrorReason.MALFORMED, "a namespace declared twice");
            }
            hasDefault |= isDefault;
            waiting.append(isDefault ? " xmlns" : " xmlns:" + prefix).append("=\"");
            String uri = xml.getNamespaceURI(i);
            attribute(uri == null ? "" : uri);
            waiting.append('"');
        }
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            waiting.append(' ');
            name(xml.getAttributePrefix(i), xml.getAttributeLocalName(i));
            waiting.append("=\"");
            attribute(xml.getAttributeLocalName(i).equals(replaced) ? value : xml.getAttributeValue(i));
            waiting.append('"');
        }
    }

    private void endTag() {
        XMLStreamReader2 xml = cursor.parser();
        waiting.append("</");
        name(xml.getPrefix(), xml.getLocalName());
        waiting.append('>');
    }

    private void name(@Nullable String prefix, String local) {
        if (prefix != null && !prefix.isEmpty()) {
            waiting.append(prefix).append(':');
        }
        waiting.append(local);
    }

    private void text(String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> waiting.append("&lt;");
                case '>' -> waiting.append("&gt;");
                case '&' -> waiting.append("&amp;");
                case '\r' -> waiting.append("&#xD;");
                default -> waiting.append(allowed(c));
            }
        }
    }

    private void attribute(String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> waiting.append("&lt;");
                case '>' -> waiting.append("&gt;");
                case '&' -> waiting.append("&amp;");
                case '"' -> waiting.append("&quot;");
                case '\n' -> waiting.append("&#xA;");
                case '\t' -> waiting.append("&#x9;");
                case '\r' -> waiting.append("&#xD;");
                default -> waiting.append(allowed(c));
            }
        }
    }

    /// The letter, which XML must allow: the parser lets some through that are written in more bytes than they need.
    private char allowed(char c) throws RefusedException {
        boolean fine = (c >= 0x20 && c < 0xfffe) || c == '\n' || c == '\t';
        if (!fine) {
            throw cursor.refusal(MirrorReason.MALFORMED, "U+%04X, which XML does not allow".formatted((int) c));
        }
        return c;
    }
}
