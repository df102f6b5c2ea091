package org.ekicho.daemon.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.function.Function;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Our records as JSON: addresses as their text, all else component by component.
public final class Json {
    /// Immutable and thread-safe.
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(v -> v.withIsGetterVisibility(Visibility.NONE))
            .addModule(new SimpleModule()
                    .addSerializer(IpAddress.class, new AsText<>())
                    .addDeserializer(IpAddress.class, new FromText<>(IpAddress::literal))
                    .addSerializer(IpPrefix.class, new AsText<>())
                    .addDeserializer(
                            IpPrefix.class,
                            new FromText<>(text -> IpPrefix.parse(text).orElseThrow(() -> notA("prefix", text))))
                    .addSerializer(Endpoint.class, new AsText<>())
                    .addDeserializer(Endpoint.class, new FromText<>(Json::endpoint)))
            .build();

    private Json() {}

    private static IllegalArgumentException notA(String what, String text) {
        return new IllegalArgumentException("not a " + what + ": " + text);
    }

    /// Reads `192.168.1.1:123` and `[fe80::1]:123`.
    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw notA("endpoint", text);
        }
        String address = text.substring(0, colon).replace("[", "").replace("]", "");
        return new Endpoint(IpAddress.literal(address), Integer.parseInt(text.substring(colon + 1)));
    }

    private static final class AsText<T> extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    private static final class FromText<T> extends ValueDeserializer<T> {
        private final Function<String, T> parse;

        FromText(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            return parse.apply(in.getString());
        }
    }
}
