package org.ekicho.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MacAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"52:54:00:AB:00:01", "52-54-00-ab-00-01", "5254.00ab.0001", "525400ab0001"})
    void reads_every_form_that_people_write(String text) {
        assertThat(MacAddress.parse(text)).map(MacAddress::toString).contains("52:54:00:ab:00:01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "52:54:00:ab:00", "52:54:00:ab:00:0g", "52:54-00:ab:00:01", "52540:0ab:0001", "5254.00ab"})
    void refuses_what_is_none(String text) {
        assertThat(MacAddress.parse(text)).isEmpty();
    }

    @Test
    void its_bytes_are_those_of_the_wire() {
        MacAddress address = MacAddress.literal("f2:54:00:ab:cd:ef");
        assertThat(address.toBytes()).containsExactly(0xf2, 0x54, 0x00, 0xab, 0xcd, 0xef);
        assertThat(MacAddress.at(address.toBytes(), 0)).isEqualTo(address);
    }

    @Test
    void tells_a_group_and_a_local_address() {
        assertThat(MacAddress.literal("01:00:5e:00:01:01").isGroup()).isTrue();
        assertThat(MacAddress.literal("52:54:00:00:00:01").isLocal()).isTrue();
        assertThat(MacAddress.literal("00:1b:21:00:00:01").isLocal()).isFalse();
    }

    @Test
    void more_than_48_bits_are_no_address() {
        assertThatThrownBy(() -> new MacAddress(1L << 48)).hasMessageContaining("48 bits");
    }
}
