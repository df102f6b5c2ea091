package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Reads a decompressed comps.xml. Its document type is skipped and never loaded.
public final class CompsReader {
    /// Most groups, environments, and members of all groups together: Fedora has some hundred and ten thousand.
    public static final int MAX_ITEMS = 500_000;

    private int items;
    private final XmlCursor xml;

    private CompsReader(XmlCursor xml) {
        this.xml = xml;
    }

    /// @throws IOException the stream's own
    public static Reading<Comps> read(InputStream in) throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.SKIPPED);
            xml.root("comps");
            return new Reading.Done<>(new CompsReader(xml).document());
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private Comps document() throws IOException, RefusedException {
        List<Comps.Group> groups = new ArrayList<>();
        List<Comps.Environment> environments = new ArrayList<>();
        int depth = xml.depth();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "group" -> groups.add(group());
                case "environment" -> environments.add(environment());
                default -> {}
            }
        }
        return new Comps(groups, environments);
    }

    private Comps.Group group() throws IOException, RefusedException {
        countItem();
        String id = "";
        String name = "";
        List<Comps.Member> members = new ArrayList<>();
        int depth = xml.depth();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "id" -> id = xml.text().strip();
                case "name" -> name = xml.attribute("lang") == null ? xml.text().strip() : name;
                case "packagelist" -> {
                    int inside = xml.depth();
                    while (xml.child(inside)) {
                        countItem();
                        String kind = xml.attributeOr("type", "mandatory");
                        String requires = xml.attributeOr("requires", "");
                        members.add(new Comps.Member(xml.text().strip(), kind, requires));
                    }
                }
                default -> {}
            }
        }
        return new Comps.Group(id, name, members);
    }

    private Comps.Environment environment() throws IOException, RefusedException {
        countItem();
        String id = "";
        String name = "";
        List<String> groups = List.of();
        List<String> optional = List.of();
        int depth = xml.depth();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "id" -> id = xml.text().strip();
                case "name" -> name = xml.attribute("lang") == null ? xml.text().strip() : name;
                case "grouplist" -> groups = ids();
                case "optionlist" -> optional = ids();
                default -> {}
            }
        }
        return new Comps.Environment(id, name, groups, optional);
    }

    private List<String> ids() throws IOException, RefusedException {
        List<String> ids = new ArrayList<>();
        int depth = xml.depth();
        while (xml.child(depth)) {
            countItem();
            ids.add(xml.text().strip());
        }
        return ids;
    }

    private void countItem() throws RefusedException {
        if (++items > MAX_ITEMS) {
            throw xml.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_ITEMS + " groups and members");
        }
    }
}
