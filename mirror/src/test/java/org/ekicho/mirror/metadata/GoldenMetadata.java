package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;

/// A small repository, indexed by createrepo_c 0.17.3: seven packages, two advisories, a module of three builds.
public final class GoldenMetadata {
    private GoldenMetadata() {}

    public static byte[] bytes(String name) throws IOException {
        try (InputStream in = GoldenMetadata.class.getResourceAsStream("/golden/metadata/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    public static InputStream open(String name) throws IOException {
        return new ByteArrayInputStream(bytes(name));
    }

    public static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public static PrimaryReader.Primary primary() throws IOException {
        return value(PrimaryReader.readTable(open("primary.xml")));
    }

    public static List<ModuleDocument> modules() throws IOException {
        List<ModuleDocument> documents = new ArrayList<>();
        value(ModulesReader.read(open("modules.yaml"), documents::add));
        return documents;
    }

    /// The value of a reading that must be good.
    public static <T> T value(Reading<T> reading) {
        return switch (reading) {
            case Reading.Done<T>(T value) -> value;
            case Reading.Refused<T>(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    /// Why a reading was refused that must be.
    public static <T> Refusal refusal(Reading<T> reading) {
        return switch (reading) {
            case Reading.Done<T>(T value) -> throw new AssertionError("not refused, but " + value);
            case Reading.Refused<T>(Refusal refusal) -> refusal;
        };
    }
}
