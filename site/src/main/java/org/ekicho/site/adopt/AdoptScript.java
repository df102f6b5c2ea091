package org.ekicho.site.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.ekicho.mirror.settings.ChannelName;

/// The shell script by which a client adopts its own files without Ekicho: `curl http://HOST/adopt.sh | sh`. It decides
/// as [Adoption] does, to the byte; a test compares them.
public final class AdoptScript {
    private static final String SCRIPT = "adopt.sh";

    private AdoptScript() {}

    /// The script for clients of this mirror.
    public static String render(AdoptionTarget target) {
        return template()
                .replace("@BASE@", target.base())
                .replace("@CHANNEL@", target.channel().map(ChannelName::text).orElse(""));
    }

    /// A part of the program, beside its classes.
    private static String template() {
        try (InputStream in = AdoptScript.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
