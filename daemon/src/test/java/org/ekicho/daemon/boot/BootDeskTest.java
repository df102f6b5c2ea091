package org.ekicho.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.iso.TreeKind;
import org.ekicho.netboot.media.install.InstallerEra;
import org.ekicho.netboot.policy.BootRules;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.policy.Unknown;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.settings.DhcpMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.TimeFiles;
import org.ekicho.web.boot.BootServer;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story of one install order over real HTTP.
final class BootDeskTest {
    private static final MacAddress WEB1 = MacAddress.literal("52:54:00:77:00:01");
    private static final MacAddress STRANGER = MacAddress.literal("52:54:00:77:00:99");

    @TempDir
    Path root;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T09:00:00Z"));
    private final AtomicReference<Optional<MacAddress>> neighbour = new AtomicReference<>(Optional.of(WEB1));
    private final HttpClient client = HttpClient.newHttpClient();
    private OrderDesk orders;
    private BootDesk desk;
    private BootServer server;

    @BeforeEach
    void start() throws IOException {
        BootFolder folder = new BootFolder(root, root.resolve("answers")).open();
        Path files = Files.createDirectories(root.resolve("trees/debian-12/files"));
        Files.writeString(files.resolve("linux"), "the kernel");
        Files.writeString(files.resolve("initrd.gz"), "the initrd");
        Files.createSymbolicLink(files.resolve("out"), Path.of("/etc/hostname"));
        Files.createDirectories(folder.answers());
        Files.writeString(
                folder.answers().resolve("web.preseed"),
                "d-i netcfg/get_hostname string ${machine.name}\nd-i clock-setup/ntp-server string ${time.server}\n");
        InstallTree tree = new InstallTree(
                "debian-12",
                new TreeKind(
                        "Debian GNU/Linux",
                        "12",
                        "amd64",
                        "linux",
                        "initrd.gz",
                        Optional.empty(),
                        AnswerLanguage.PRESEED,
                        InstallerEra.DEBIAN,
                        Optional.empty()),
                files);
        BootSettings settings = new BootSettings(
                root.toString(),
                Optional.empty(),
                Set.of(),
                DhcpMode.OFF,
                new BootSettings.HttpDoor(IpAddress.LOOPBACK_V4, 0),
                Optional.empty(),
                false,
                true,
                new BootRules(
                        List.of(new Machine(
                                "web1", Set.of(WEB1), Optional.empty(), Optional.empty(), Set.of(), Optional.empty())),
                        Map.of(
                                "web",
                                new Profile("web", "debian-12", Optional.of("web.preseed"), List.of("console=ttyS0"))),
                        Unknown.MENU),
                List.of(),
                Map.of());
        orders = new OrderDesk(folder);
        SiteSettings site = SiteSettings.ofTime(TimeSettings.minimal(), TimeFiles.NONE);
        desk = new BootDesk(
                settings,
                orders,
                new BootDesk.Surroundings(
                        folder,
                        new LoaderShelf(folder.loaders(), root),
                        name -> name.equals("debian-12") ? Optional.of(tree) : Optional.empty(),
                        new SiteFacts(site),
                        new MachineFinder(address -> neighbour.get()),
                        now::get,
                        BootWitness.NOBODY));
        server = new BootServer("127.0.0.1", 0, desk);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private void arm(String id) throws IOException {
        orders.change(book -> book.arm(new InstallOrder(
                id,
                WEB1,
                "web",
                "anna",
                now.get(),
                now.get().plus(InstallOrder.DEFAULT_LIFE),
                State.ARMED,
                Optional.empty())));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.listening() + path)).build(), BodyHandlers.ofString());
    }

    private String script() throws Exception {
        return get("/boot/script.ipxe?mac=" + WEB1 + "&platform=efi").body();
    }

    /// The path of the answer file that a script names.
    private static String answer(String script) {
        Matcher url = Pattern.compile("url=http://[^/]+(/boot/answer/\\S+)").matcher(script);
        assertThat(url.find()).as(script).isTrue();
        return url.group(1);
    }

    private State state(String id) throws IOException {
        return orders.orders().byId(id).orElseThrow().state();
    }

    private void until(String id, State wanted) throws Exception {
        for (int i = 0; i < 300 && state(id) != wanted; i++) Thread.sleep(10);
        assertThat(state(id)).isEqualTo(wanted);
    }

    private String audit() throws IOException {
        return Files.readString(root.resolve("audit.log"));
    }

    @Test
    void an_order_from_script_to_report() throws Exception {
        arm("1");
        String script = script();
        assertThat(script)
                .contains("initrd http://127.0.0.1:")
                .contains("/boot/order/1/kernel initrd=initrd auto=true priority=critical url=")
                .contains("console=ttyS0");
        assertThat(get("/boot/order/1/initrd").body()).isEqualTo("the initrd");
        assertThat(state("1")).isEqualTo(State.ARMED);
        assertThat(get("/boot/order/1/kernel").body()).isEqualTo("the kernel");
        until("1", State.STARTED);
        assertThat(get(answer(script)).body())
                .isEqualTo("d-i netcfg/get_hostname string web1\nd-i clock-setup/ntp-server string 127.0.0.1\n");
        until("1", State.ANSWERED);
        client.send(
                HttpRequest.newBuilder(URI.create(server.listening() + "/boot/report/1"))
                        .POST(BodyPublishers.ofString("done"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(state("1")).isEqualTo(State.DONE);
        assertThat(script()).contains("has been carried out once").contains("sanboot");
        assertThat(audit())
                .contains("gave a script with the secret of order 1")
                .contains("the kernel of order 1 was fetched")
                .contains("gave the answer file of order 1")
                .contains("order 1 for 52:54:00:77:00:01 is done");
    }

    @Test
    void a_second_fetch_is_gone() throws Exception {
        arm("1");
        String path = answer(script());
        assertThat(get(path).statusCode()).isEqualTo(200);
        until("1", State.ANSWERED);
        refused(get(path), 410, AnswerReason.USED);
    }

    @Test
    void a_strangers_machine_is_refused() throws Exception {
        arm("1");
        String path = answer(script());
        neighbour.set(Optional.of(STRANGER));
        refused(get(path), 403, AnswerReason.OTHER_MACHINE);
        assertThat(audit()).contains("(52:54:00:77:00:99)");
        neighbour.set(Optional.of(WEB1));
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void a_guessed_secret_is_refused() throws Exception {
        arm("1");
        answer(script());
        refused(get("/boot/answer/" + "0".repeat(32) + "/preseed.cfg"), 403, AnswerReason.UNKNOWN_SECRET);
    }

    @Test
    void an_older_secret_of_the_same_order_opens_nothing() throws Exception {
        arm("1");
        String first = answer(script());
        String second = answer(script());
        refused(get(first), 403, AnswerReason.UNKNOWN_SECRET);
        assertThat(get(second).statusCode()).isEqualTo(200);
    }

    @Test
    void an_expired_order_is_gone() throws Exception {
        arm("1");
        String path = answer(script());
        now.set(now.get().plus(InstallOrder.DEFAULT_LIFE.multipliedBy(2)).plus(Duration.ofSeconds(1)));
        refused(get(path), 410, AnswerReason.EXPIRED);
        assertThat(get("/boot/order/1/kernel").statusCode()).isEqualTo(410);
        assertThat(script()).contains("its install order has expired");
    }

    private void refused(HttpResponse<String> response, int status, AnswerReason reason) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(reason.sentence());
        assertThat(desk.counted(reason)).isEqualTo(1);
        assertThat(audit()).contains("refused answer file to 127.0.0.1").contains(reason.sentence());
    }

    @Test
    void a_broken_template_is_no_answer_and_burns_nothing() throws Exception {
        arm("1");
        String path = answer(script());
        Files.writeString(root.resolve("answers/web.preseed"), "${machine.nme}\n");
        assertThat(get(path).statusCode()).isEqualTo(500);
        assertThat(state("1")).isEqualTo(State.ARMED);
    }

    @Test
    void a_tree_is_served_and_nothing_beside_it() throws Exception {
        assertThat(get("/boot/tree/debian-12/linux").body()).isEqualTo("the kernel");
        assertThat(get("/boot/tree/debian-12/out").statusCode()).isEqualTo(404);
        assertThat(get("/boot/tree/debian-12/none").statusCode()).isEqualTo(404);
        assertThat(get("/boot/tree/other/linux").statusCode()).isEqualTo(404);
        assertThat(get("/boot/loader/../../etc/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void a_stranger_gets_the_menu_and_a_known_machine_its_disk() throws Exception {
        assertThat(get("/boot/script.ipxe?mac=" + STRANGER).body())
                .contains("menu Ekicho")
                .contains("choose --timeout");
        assertThat(script()).contains("no install order is armed");
        assertThat(get("/boot/script.ipxe").body()).contains("chain --replace http://127.0.0.1:");
    }
}
