package org.ekicho.lab.mirror;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.mirror.rpm.Dependency.Kind;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.ekicho.mirror.rpmbuild.RpmSense;

/// Packages that are legal and unusual: each has something that an index can get wrong.
final class OddPackages {
    private static final int STRING = 6;
    private static final int STRINGS = 8;
    private static final int I18N = 9;

    private OddPackages() {}

    /// Writes all of them into a folder.
    static void write(Path folder) throws IOException {
        for (RpmBuilder builder : new RpmBuilder[] {
            utf8(),
            latin1(),
            bare(),
            source(),
            versions(),
            weak(),
            oldWeak(),
            scripts(),
            kinds(),
            epoch(),
            changes(),
            glibc(),
            silent(),
            translated(),
            repeats(),
            markup(),
            large()
        }) {
            Files.write(folder.resolve(builder.fileName()), builder.build());
        }
        Files.write(folder.resolve("old-1.0-1.i386.rpm"), OldRpm.of("old"));
    }

    private static RpmBuilder utf8() {
        return RpmBuilder.of("utf8-žluťoučký", "1.0", "1")
                .summary("Žluťoučký kůň 駅長 𝄞")
                .description("Příliš žluťoučký\nkůň")
                .packager("José <jose@example.org>")
                .vendor("Ünïcode")
                .provides("kůň = 1.0-1")
                .requires("駅長")
                .add(RpmEntry.file("/etc/kůň.conf", "x"))
                .add(RpmEntry.dir("/usr/share/𝄞"))
                .changelog(RpmBuilder.BUILD_TIME, "José <jose@example.org> - 1.0-1", "- přidáno");
    }

    private static RpmBuilder latin1() {
        return RpmBuilder.of("latin1", "1.0", "1")
                .rawTag(1004, I18N, 1, latin1("caf\u00e9 \u00a7\u0085 na\u00efve\0"))
                .rawTag(1011, STRING, 1, latin1("Soci\u00e9t\u00e9\0"))
                .rawTag(1047, STRINGS, 2, latin1("latin1\0caf\u00e9\0"))
                .rawTag(1112, 4, 2, ints(8, 0))
                .rawTag(1113, STRINGS, 2, latin1("1.0-1\0\0"))
                .add(RpmEntry.file("/etc/a/one", "x"))
                .add(RpmEntry.file("/etc/b/two", "x"))
                .rawTag(1117, STRINGS, 2, latin1("na\u00efve\0two\0"))
                .rawTag(1118, STRINGS, 2, latin1("/etc/\u00c3\u00a9/\0/etc/\u00e9/\0"));
    }

    private static RpmBuilder bare() {
        return RpmBuilder.of("bare", "0", "0");
    }

    private static RpmBuilder source() {
        return RpmBuilder.of("source", "1.0", "1")
                .source()
                .arch("x86_64")
                .requires("gcc >= 4")
                .add(RpmEntry.file("source.spec", "Name: source"));
    }

    private static RpmBuilder versions() {
        RpmBuilder builder = RpmBuilder.of("versions", "1.0", "1")
                .obsoletes("a < 1")
                .obsoletes("b <= 1:2-3")
                .obsoletes("c > 2.0")
                .obsoletes("d >= 2.0-1")
                .conflicts("e = 3");
        for (String version : new String[] {"1:", ":1", "-1", "1-", "1-2-3", "1:2:3", "a:1", "", "01:2", "~", "1:-"}) {
            builder.depends(Kind.CONFLICTS, "v", RpmSense.EQUAL, version);
        }
        for (int flags = 0; flags < 16; flags++) {
            builder.depends(Kind.CONFLICTS, "f" + flags, flags, "1.0-1");
        }
        return builder;
    }

    private static RpmBuilder weak() {
        return RpmBuilder.of("weak", "1.0", "1")
                .requires("(foo or bar)")
                .requires("((foo >= 1 with foo < 2) if (bar and baz) else qux)")
                .depends(Kind.RECOMMENDS, "r >= 1")
                .depends(Kind.SUGGESTS, "s")
                .depends(Kind.SUPPLEMENTS, "(x and y)")
                .depends(Kind.ENHANCES, "e = 1:2-3")
                .depends(Kind.RECOMMENDS, "r >= 1");
    }

    /// The weak dependencies of SUSE before rpm had its own.
    private static RpmBuilder oldWeak() {
        int strong = 1 << 27;
        return RpmBuilder.of("oldweak", "1.0", "1")
                .depends(Kind.SUGGESTS, "new-suggests")
                .depends(Kind.RECOMMENDS, "new-recommends")
                .depends(Kind.REQUIRES, "hint", RpmSense.MISSINGOK, "")
                .depends(Kind.REQUIRES, "need", 0, "")
                .rawTag(1156, STRINGS, 2, latin1("old-suggests\0old-recommends\0"))
                .rawTag(1157, STRINGS, 2, latin1("\0001.0\0"))
                .rawTag(1158, 4, 2, ints(0, strong | 8))
                .rawTag(1159, STRINGS, 2, latin1("old-enhances\0old-supplements\0"))
                .rawTag(1160, STRINGS, 2, latin1("\0\0"))
                .rawTag(1161, 4, 2, ints(0, strong));
    }

    private static RpmBuilder scripts() {
        RpmBuilder builder = RpmBuilder.of("scripts", "1.0", "1");
        for (int bit = 4; bit < 28; bit++) {
            if (1 << bit != RpmSense.MISSINGOK) builder.depends(Kind.REQUIRES, "bit" + bit, 1 << bit, "");
        }
        return builder.depends(Kind.REQUIRES, "versioned", RpmSense.SCRIPT_PRE | RpmSense.GREATER, "1-1");
    }

    private static RpmBuilder kinds() {
        return RpmBuilder.of("kinds", "1.0", "1")
                .arch("x86_64")
                .add(RpmEntry.dir("/etc/kinds"))
                .add(RpmEntry.ghost("/etc/kinds/ghost"))
                .add(RpmEntry.dir("/var/ghostdir").withFlags(RpmEntry.GHOST))
                .add(RpmEntry.symlink("/usr/bin/kinds", "../lib/kinds"))
                .add(RpmEntry.file("/usr/lib/sendmail", "x"))
                .add(RpmEntry.file("/usr/lib/sendmail.d", "x"))
                .add(RpmEntry.file("/opt/cabin/door", "x"))
                .add(RpmEntry.file("/etc", "x"))
                .add(RpmEntry.file("/a<b>&c\"d'e", "x"));
    }

    private static RpmBuilder epoch() {
        return RpmBuilder.of("epoch", new Evr("4000000000", "1^git~rc", "1"))
                .requires("other = 3:1-1")
                .provides("epoch-alias = 0:1");
    }

    private static RpmBuilder changes() {
        RpmBuilder builder = RpmBuilder.of("changes", "1.0", "1");
        long[] days = {9, 9, 9, 8, 8, 7, 9, 9, 0, 0, 5, 5};
        for (int i = 0; i < days.length; i++) {
            builder.changelog(days[i], "Author " + i + " <a@b> " + "   ", "- entry " + i + "\n  <more> & \"more\" ");
        }
        return builder.changelog(4, " ", "");
    }

    private static RpmBuilder glibc() {
        return RpmBuilder.of("glibc-user", "1.0", "1")
                .arch("x86_64")
                .requires("libc.so.6()(64bit)")
                .requires("libm.so.6(GLIBC_2.29)(64bit)")
                .requires("libc.so.6(GLIBC_2.4)(64bit)")
                .requires("libc.so.6(GLIBC_2.34)(64bit)")
                .requires("libc.so.6(GLIBC_2.3.4)(64bit)")
                .requires("libc.so.6")
                .requires("libc.so.6(GLIBC_PRIVATE)(64bit)")
                .requires("zlib");
    }

    private static RpmBuilder silent() {
        RpmBuilder builder = RpmBuilder.of("silent", "1.0", "1");
        for (int tag : new int[] {1004, 1005, 1006, 1007, 1011, 1014, 1015, 1016, 1020}) builder.without(tag);
        return builder;
    }

    private static RpmBuilder translated() {
        return RpmBuilder.of("translated", "1.0", "1")
                .rawTag(100, STRINGS, 2, latin1("C\0de\0"))
                .rawTag(1004, I18N, 2, latin1("Words\0Worte\0"))
                .rawTag(1005, I18N, 2, latin1("More words\0Mehr Worte\0"))
                .rawTag(1016, I18N, 2, latin1("Group\0Gruppe\0"));
    }

    private static RpmBuilder repeats() {
        return RpmBuilder.of("repeats", "1.0", "1")
                .add(RpmEntry.file("/usr/bin/own", "x"))
                .add(RpmEntry.file("/usr/share/own", "x"))
                .provides("twice = 1")
                .provides("twice = 1")
                .requires("/usr/bin/own")
                .requires("/usr/share/own")
                .requires("/usr/bin/other")
                .requires("twice = 1")
                .requires("twice = 2")
                .requires("dup")
                .requires("dup")
                .depends(Kind.REQUIRES, "dup", RpmSense.SCRIPT_PRE, "")
                .depends(Kind.REQUIRES, "dup", RpmSense.SCRIPT_POST, "")
                .requires("dup")
                .requires("dup >= 1")
                .requires("rpmlib(Whatever) <= 1")
                .requires("repeats = 1.0-1")
                .conflicts("dup")
                .conflicts("dup");
    }

    private static RpmBuilder markup() {
        return RpmBuilder.of("markup", "1.0", "1")
                .summary("<b> & \"quoted\" 'quoted'\ttab\rreturn ]]>")
                .description(" blanks around \n\n")
                .url("https://example.org/?a=1&b=2")
                .provides("markup(\"<&>'\") = 1")
                .requires("tab\tnew\nline\rreturn")
                .changelog(1, "A \"B\" <c@d>\t& E\n", "- ]]> <x/> &amp;\r\n");
    }

    /// Sizes of 64 bits.
    private static RpmBuilder large() {
        return RpmBuilder.of("large", "1.0", "1")
                .without(1009)
                .rawTag(5009, 5, 1, ByteBuffer.allocate(8).putLong(1L << 40).array())
                .withoutSignatureTag(1007)
                .rawSignatureTag(
                        271, 5, 1, ByteBuffer.allocate(8).putLong(1L << 41).array());
    }

    private static byte[] latin1(String text) {
        return text.getBytes(Charset.forName("ISO-8859-1"));
    }

    private static byte[] ints(int... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int number : numbers)
            out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
        return out.toByteArray();
    }

    /// Bytes of text in UTF-8, each string ended by NUL.
    static byte[] strings(String... texts) {
        return (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
