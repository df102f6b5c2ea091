package org.ekicho.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.web.WebReason;
import org.junit.jupiter.api.Test;

class RequestPathTest {
    private static void refuses(String target, WebReason reason) {
        assertThat(RequestPath.parse(target)).as(target).isEqualTo(new RequestPath.Refused(reason));
    }

    @Test
    void decodes_what_packages_are_named() {
        assertThat(RequestPath.parse("/latest/base/Packages/g/gcc-c%2b%2b-11~rc1^2+x.rpm?a=b"))
                .isEqualTo(new RequestPath.Plain("/latest/base/Packages/g/gcc-c++-11~rc1^2+x.rpm", "a=b"));
        assertThat(RequestPath.parse("/%C3%A9/")).isEqualTo(new RequestPath.Plain("/é/", ""));
        assertThat(RequestPath.parse("http://mirror.lan/a")).isEqualTo(new RequestPath.Plain("/a", ""));
        assertThat(RequestPath.parse("/tree/.treeinfo")).isEqualTo(new RequestPath.Plain("/tree/.treeinfo", ""));
        assertThat(new RequestPath.Plain("/a/b/", "x=1&for=el9").ask("for")).isEqualTo("el9");
        assertThat(new RequestPath.Plain("/a/b/", "").parts()).containsExactly("a", "b");
        assertThat(new RequestPath.Plain("/", "").parts()).isEmpty();
    }

    @Test
    void refuses_tricks_raw_and_encoded() {
        refuses("/../etc/passwd", WebReason.DOTS);
        refuses("/a/%2e%2e/b", WebReason.DOTS);
        refuses("/a/..", WebReason.DOTS);
        refuses("/a/./b", WebReason.DOTS);
        refuses("/a/%00", WebReason.CONTROL_CHARACTER);
        refuses("/a%0d%0aSet-Cookie:x", WebReason.CONTROL_CHARACTER);
        refuses("/a\\..\\b", WebReason.BACKSLASH);
        refuses("/a%5c..%5cb", WebReason.BACKSLASH);
        refuses("/a%2fb", WebReason.ENCODED_SLASH);
        refuses("//etc/passwd", WebReason.EMPTY_PART);
        refuses("/a//b", WebReason.EMPTY_PART);
        refuses("/.git/config", WebReason.HIDDEN);
        refuses("/a/%2ehidden", WebReason.HIDDEN);
        refuses("/%", WebReason.BAD_ESCAPE);
        refuses("/%4", WebReason.BAD_ESCAPE);
        refuses("/%zz", WebReason.BAD_ESCAPE);
        refuses("/%c0%ae%c0%ae/", WebReason.BAD_ESCAPE);
        refuses("/%ff", WebReason.BAD_ESCAPE);
        refuses("", WebReason.NO_PATH);
        refuses("a/b", WebReason.NO_PATH);
        refuses("*", WebReason.NO_PATH);
        refuses("file:///etc/passwd", WebReason.NO_PATH);
        refuses("/" + "a".repeat(300), WebReason.TOO_LONG);
        refuses("/" + "a/".repeat(3000), WebReason.TOO_LONG);
    }
}
