package org.ekicho.netboot.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ekicho.netboot.script.IpxeScript.Entry;
import org.ekicho.netboot.script.IpxeScript.Installer;
import org.junit.jupiter.api.Test;

final class IpxeScriptTest {
    @Test
    void an_installer_is_fetched_initrd_first_and_each_file_is_tried_again() {
        String script = IpxeScript.install(new Installer(
                "web on web1",
                "http://10.0.0.1:8080/boot/order/1/kernel",
                List.of("http://10.0.0.1:8080/boot/order/1/initrd"),
                "auto url=http://10.0.0.1:8080/boot/answer/abc console=ttyS0"));
        assertThat(script).isEqualTo("""
                #!ipxe
                echo Ekicho: web on web1
                set try1:int32 0
                :try1
                initrd http://10.0.0.1:8080/boot/order/1/initrd && goto try1ok ||
                inc try1
                iseq ${try1} 6 && goto failed ||
                echo Ekicho: it did not come, once more in 5 s
                sleep 5
                goto try1
                :try1ok
                set try2:int32 0
                :try2
                kernel http://10.0.0.1:8080/boot/order/1/kernel initrd=initrd auto url=http://10.0.0.1:8080/boot/answer/abc console=ttyS0 && goto try2ok ||
                inc try2
                iseq ${try2} 6 && goto failed ||
                echo Ekicho: it did not come, once more in 5 s
                sleep 5
                goto try2
                :try2ok
                boot || goto failed
                :failed
                echo Ekicho: this did not work; the server knows more: ekicho boot trace ${net0/mac}
                sleep 30
                :local
                iseq ${platform} pcbios && sanboot --no-describe --drive 0x80 ||
                exit
                """);
    }

    @Test
    void the_menus_time_out_is_the_local_disk() {
        String script = IpxeScript.menu(
                "52:54:00:77:00:99", List.of(new Entry("web", "Web server", "http://10.0.0.1/boot/script.ipxe?p=web")));
        assertThat(script)
                .contains("choose --timeout 20000 --default local choice || set choice local\n")
                .contains("item web Web server\n")
                .contains(":web\nchain --replace http://10.0.0.1/boot/script.ipxe?p=web || goto failed\n");
    }

    @Test
    void what_a_packet_says_never_becomes_a_command() {
        assertThat(IpxeScript.ownDisk("a ${b} && reboot\n#!ipxe")).contains("echo Ekicho: a b  reboot!ipxe\n");
    }

    @Test
    void a_url_or_command_line_that_could_say_more_is_refused() {
        assertThatThrownBy(() -> IpxeScript.url("http://a/b c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IpxeScript.url("http://a/${net0/ip}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IpxeScript.command("quiet\nreboot")).isInstanceOf(IllegalArgumentException.class);
    }
}
