package org.ekicho.mirror.metadata;

import java.util.Locale;
import java.util.Optional;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.xml.XmlCursor;

/// One `<rpm:entry>` of primary.xml.
final class DependencyElement {
    private DependencyElement() {}

    static Dependency read(XmlCursor xml) {
        String name = xml.attributeOr("name", "");
        String pre = xml.attributeOr("pre", "0");
        return new Dependency(name, range(xml), !pre.equals("0") && !pre.isEmpty());
    }

    private static Optional<Dependency.Range> range(XmlCursor xml) {
        String flags = xml.attributeOr("flags", "");
        if (flags.isEmpty()) {
            return Optional.empty();
        }
        return sense(flags.toUpperCase(Locale.ROOT))
                .map(sense -> new Dependency.Range(
                        sense, xml.attributeOr("epoch", ""), xml.attributeOr("ver", ""), xml.attributeOr("rel", "")));
    }

    private static Optional<Dependency.Sense> sense(String word) {
        for (Dependency.Sense sense : Dependency.Sense.values()) {
            if (sense.name().equals(word)) {
                return Optional.of(sense);
            }
        }
        return Optional.empty();
    }
}
