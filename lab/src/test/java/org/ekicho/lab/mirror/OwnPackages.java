package org.ekicho.lab.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;

/// A site's own packages: dependencies, a group, a module with two streams, an advisory.
final class OwnPackages {
    private final Path folder;

    private OwnPackages(Path folder) {
        this.folder = folder;
    }

    /// Makes them.
    static OwnPackages in(Path folder) throws IOException {
        Files.createDirectories(folder);
        OwnPackages packages = new OwnPackages(folder);
        packages.hello("1.0");
        packages.write(plain("libgreet", "1.1").provides("libgreet.so.1"));
        packages.write(plain("greet-data", "1.0"));
        packages.write(plain("hello-doc", "1.0").requires("hello >= 1"));
        packages.write(plain("choir", "1.0").requires("(libgreet.so.1 or silence)"));
        packages.write(plain("silence", "1.0"));
        packages.write(plain("editor", "3:2.0").requires("tools"));
        packages.write(plain("tools", "1.0"));
        packages.write(plain("broken", "1.0").requires("nobody-has-this"));
        packages.write(plain("web", "1.0"));
        packages.write(plain("web", "2.0"));
        packages.write(plain("web-extras", "2.0").requires("web >= 2"));
        return packages;
    }

    Path folder() {
        return folder;
    }

    /// Puts a version of `hello` in.
    Path hello(String version) throws IOException {
        return write(plain("hello", version).requires("libgreet >= 1").requires("greet-data"));
    }

    private static RpmBuilder plain(String name, String version) {
        int colon = version.indexOf(':');
        String bare = version.substring(colon + 1);
        return RpmBuilder.of(name, new Evr(colon < 0 ? "0" : version.substring(0, colon), bare, "1"))
                .add(RpmEntry.dir("/opt/" + name))
                .add(RpmEntry.file("/opt/" + name + "/version", bare + "\n"));
    }

    private Path write(RpmBuilder builder) throws IOException {
        return Files.write(folder.resolve(builder.fileName()), builder.build());
    }

    /// The group `greeters`.
    static final String COMPS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" "comps.dtd">
            <comps>
              <group>
                <id>greeters</id>
                <name>Greeters</name>
                <description>Say hello.</description>
                <default>true</default>
                <uservisible>true</uservisible>
                <packagelist>
                  <packagereq type="mandatory">hello</packagereq>
                  <packagereq type="default">choir</packagereq>
                  <packagereq type="optional">hello-doc</packagereq>
                </packagelist>
              </group>
            </comps>
            """;

    /// An advisory about `hello` 1.1.
    static final String UPDATE_INFO = """
            <?xml version="1.0" encoding="UTF-8"?>
            <updates>
              <update from="site@example.org" status="final" type="security" version="1">
                <id>SITE-2026:0001</id>
                <title>hello: greets strangers</title>
                <issued date="2026-11-01 00:00:00"/>
                <updated date="2026-11-01 00:00:00"/>
                <severity>Important</severity>
                <description>It greeted strangers.</description>
                <references/>
                <pkglist>
                  <collection short="site">
                    <name>site</name>
                    <package name="hello" version="1.1" release="1" epoch="0" arch="noarch" src="hello-1.1-1.src.rpm">
                      <filename>hello-1.1-1.noarch.rpm</filename>
                    </package>
                  </collection>
                </pkglist>
              </update>
            </updates>
            """;

    /// The module `web` with the streams 1 and 2.
    static final String MODULES = stream("1", "    - web-0:1.0-1.noarch\n")
            + stream("2", "    - web-0:2.0-1.noarch\n    - web-extras-0:2.0-1.noarch\n");

    private static String stream(String stream, String artifacts) {
        return """
                ---
                document: modulemd
                version: 2
                data:
                  name: web
                  stream: "%s"
                  version: 20261101
                  context: "deadbeef"
                  arch: x86_64
                  summary: The web
                  description: >-
                    The web.
                  license:
                    module:
                    - MIT
                  profiles:
                    common:
                      rpms:
                      - web
                  api:
                    rpms:
                    - web
                  artifacts:
                    rpms:
                """.formatted(stream) + artifacts + "...\n";
    }
}
