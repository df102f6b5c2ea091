package org.ekicho.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ekicho.daemon.boot.ftp.FtpReports;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.answer.AnswerTemplate;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.BootDecision;
import org.ekicho.netboot.policy.BootOutcome;
import org.ekicho.netboot.policy.BootPolicy;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.script.IpxeScript;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.web.boot.BootAnswer;
import org.ekicho.web.boot.BootDoor;
import org.ekicho.web.boot.BootRequest;
import org.ekicho.web.boot.BootSent;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What machines get by HTTP: scripts, loaders, an order's kernel and initrd, trees, answer files; and where they
/// report.
public final class BootDesk implements BootDoor {
    private static final Logger LOG = LoggerFactory.getLogger(BootDesk.class);

    static final String ORDER = "/boot/order/";
    /// Below this lie the imported trees, each by its name.
    public static final String TREE = "/boot/tree/";
    static final String ANSWER = "/boot/answer/";
    static final String REPORT = "/boot/report/";

    private static final String SCRIPT_TYPE = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    private final BootSettings settings;
    private final BootPolicy policy;
    private final OrderDesk orders;
    private final AnswerDesk answers;
    private final AuditLog audit;
    private final BootTokens tokens = new BootTokens();
    private final Surroundings around;

    /// What the desk works with.
    ///
    /// @param folder  the boot folder
    /// @param loaders of this host
    /// @param trees   that were imported
    /// @param facts   what templates may ask for
    /// @param finder  whose an address is
    /// @param time    the clock
    /// @param witness hears what happened
    public record Surroundings(
            BootFolder folder,
            LoaderShelf loaders,
            TreeFinder trees,
            SiteFacts facts,
            MachineFinder finder,
            InstantSource time,
            BootWitness witness) {}

    public BootDesk(BootSettings settings, OrderDesk orders, Surroundings around) {
        this.settings = settings;
        this.orders = orders;
        this.around = around;
        this.policy = new BootPolicy(settings.rules(), around.loaders());
        this.audit = new AuditLog(around.folder());
        this.answers = new AnswerDesk(audit);
    }

    /// The decision about a machine, for every door.
    public BootDecision decide(BootClient client, BootWay way) throws IOException {
        return policy.next(client, orders.orders(), around.time().instant(), way);
    }

    @Override
    public BootAnswer answer(BootRequest request) throws IOException {
        String path = request.path();
        if (path.equals(BootPolicy.SCRIPT)) {
            return script(request);
        }
        if (path.startsWith(BootPolicy.LOADERS)) {
            return around.loaders()
                    .file(path.substring(BootPolicy.LOADERS.length()))
                    .map(file -> file(file, "application/efi"))
                    .orElseGet(BootDesk::missing);
        }
        if (path.startsWith(ORDER)) {
            return orderFile(path.substring(ORDER.length()).split("/", -1));
        }
        if (path.startsWith(TREE)) {
            return treeFile(path.substring(TREE.length()));
        }
        if (path.startsWith(ANSWER)) {
            return answerFile(request, path.substring(ANSWER.length()).split("/", -1));
        }
        if (path.startsWith(REPORT)) {
            return report(request, path.substring(REPORT.length()));
        }
        return missing();
    }

    private static BootAnswer missing() {
        return BootAnswer.text(404, "no such file\n");
    }

    private static BootAnswer file(Path file, String type) {
        return Files.isRegularFile(file) ? new BootAnswer.File(file, type) : missing();
    }

    // ---- scripts

    private BootAnswer script(BootRequest request) throws IOException {
        Optional<MacAddress> mac = request.ask("mac").flatMap(MacAddress::parse);
        if (mac.isEmpty()) {
            return new BootAnswer.Text(200, SCRIPT_TYPE, IpxeScript.askAgain(base(request) + BootPolicy.SCRIPT));
        }
        BootClient client = new BootClient(
                mac.get(),
                BootStage.IPXE,
                request.ask("platform").map(p -> p.equals("efi") ? ClientArch.EFI_X64 : ClientArch.BIOS),
                request.ask("uuid").flatMap(BootDesk::uuid),
                "",
                request.ask("serial").filter(s -> !s.isBlank()));
        around.finder().learn(request.peer(), mac.get());
        // A medium says so itself; nothing was seen of this machine before.
        if (request.ask("medium").isPresent()) around.witness().reported(mac.get(), "medium");
        BootDecision decision = decide(client, BootWay.first(OfferForm.ASK_4011));
        around.witness().decided(mac.get(), decision);
        String text = switch (decision.outcome()) {
            case BootOutcome.OwnDisk own -> IpxeScript.ownDisk(own.why().sentence());
            case BootOutcome.Menu menu -> menu(client);
            case BootOutcome.Install(InstallOrder order, Profile profile, var why) -> install(request, order, profile);
        };
        return new BootAnswer.Text(200, SCRIPT_TYPE, text);
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /// Nothing is installed from the menu without an order: it tells how to get one.
    private String menu(BootClient client) {
        return IpxeScript.menu(
                "this machine is " + client.mac() + "; to install it: ekicho boot install " + client.mac() + " PROFILE",
                List.of());
    }

    private String install(BootRequest request, InstallOrder order, Profile profile) throws IOException {
        Optional<InstallTree> tree = around.trees().tree(profile.tree());
        if (tree.isEmpty()) {
            return IpxeScript.ownDisk("the tree " + profile.tree() + " of profile " + profile.name() + " is not here");
        }
        String base = base(request);
        Optional<String> answer = Optional.empty();
        if (profile.answer().isPresent()) {
            String token = tokens.next();
            orders.change(book -> book.token(order.id(), BootTokens.digest(token)));
            audit.tell(
                    around.time().instant(),
                    "gave a script with the secret of order " + order.id() + " for " + order.mac() + " to "
                            + request.peer());
            answer = Optional.of(
                    base + ANSWER + token + "/" + answerName(tree.get().language()));
        }
        String words =
                KernelLine.of(tree.get(), packages(request) + TREE + tree.get().name(), answer, profile.arguments());
        return IpxeScript.install(new IpxeScript.Installer(
                tree.get().title() + " as " + profile.name() + ", order " + order.id() + " of " + order.by(),
                base + ORDER + order.id() + "/kernel",
                List.of(base + ORDER + order.id() + "/initrd"),
                words));
    }

    /// Installers tell their files apart by name.
    private static String answerName(AnswerLanguage language) {
        return switch (language) {
            case KICKSTART -> "ks.cfg";
            case PRESEED -> "preseed.cfg";
            case AUTOINSTALL -> "";
            case AUTOYAST -> "autoinst.xml";
            case AGAMA -> "profile.json";
        };
    }

    /// Where packages come from: by FTP when the medium asks for that and there is FTP.
    private String packages(BootRequest request) {
        return settings.ftp()
                .filter(_ -> request.ask("method").filter("ftp"::equals).isPresent())
                .map(door -> door.url(request.local().address()))
                .orElse(base(request));
    }

    /// Our address as this machine reaches it.
    private static String base(BootRequest request) {
        return "http://" + request.local();
    }

    // ---- files

    private BootAnswer orderFile(String[] parts) throws IOException {
        Optional<InstallOrder> order = parts.length == 2 ? orders.orders().byId(parts[0]) : Optional.empty();
        Optional<InstallTree> tree = order.isEmpty() ? Optional.empty() : tree(order.get());
        if (order.isEmpty() || tree.isEmpty()) {
            return missing();
        }
        if (order.get().state().ordinal() > State.STARTED.ordinal()
                || !order.get().mayBeAnswered(around.time().instant())) {
            return BootAnswer.text(410, "the install order has expired, was used or taken back\n");
        }
        if (parts[1].equals("kernel")) {
            return file(tree.get().files().resolve(tree.get().kind().kernel()), BYTES);
        }
        if (parts[1].equals("initrd")) {
            return file(tree.get().files().resolve(tree.get().kind().initrd()), BYTES);
        }
        return missing();
    }

    private Optional<InstallTree> tree(InstallOrder order) throws IOException {
        Profile profile = settings.rules().profiles().get(order.profile());
        return profile == null ? Optional.empty() : around.trees().tree(profile.tree());
    }

    /// The path was checked: its parts are neither dots nor hidden.
    private BootAnswer treeFile(String path) throws IOException {
        Optional<Path> file = around.trees().find(path);
        return file.isPresent() ? file(file.get(), BYTES) : missing();
    }

    // ---- answer files

    private BootAnswer answerFile(BootRequest request, String[] parts) throws IOException {
        Optional<MacAddress> mac = around.finder().find(request);
        AnswerDesk.Verdict verdict = answers.judge(
                parts[0],
                mac,
                request.peer().toString(),
                orders.orders(),
                around.time().instant());
        if (verdict.order().isEmpty()) {
            return BootAnswer.text(
                    verdict.reason().status(), "Ekicho: " + verdict.reason().sentence() + "\n");
        }
        String file = parts.length > 1 ? parts[1] : "";
        if (file.equals("meta-data") || file.equals("vendor-data")) {
            // Ubuntu's installer asks for all three and waits for those that are not there.
            return BootAnswer.text(
                    200,
                    file.equals("meta-data")
                            ? "instance-id: " + verdict.order().get().id() + "\n"
                            : "");
        }
        Optional<AnswerTemplate.Rendered> rendered =
                render(request, verdict.order().get());
        if (rendered.isEmpty() || !rendered.get().isGood()) {
            answers.refuse(
                    AnswerReason.BROKEN,
                    verdict.order(),
                    mac,
                    request.peer().toString(),
                    around.time().instant());
            rendered.ifPresent(r -> r.problems()
                    .forEach(p -> LOG.error(
                            "answer of order {}: {}", verdict.order().get().id(), p)));
            return BootAnswer.text(500, "Ekicho: " + AnswerReason.BROKEN.sentence() + "\n");
        }
        return BootAnswer.text(200, rendered.get().text());
    }

    private Optional<AnswerTemplate.Rendered> render(BootRequest request, InstallOrder order) throws IOException {
        Profile profile = settings.rules().profiles().get(order.profile());
        Optional<InstallTree> tree = tree(order);
        if (profile == null || tree.isEmpty() || profile.answer().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> template = around.folder().template(profile.answer().get());
        String base = base(request);
        BootClient client = new BootClient(
                order.mac(), BootStage.INSTALLER, Optional.empty(), Optional.empty(), "", Optional.empty());
        return template.map(text -> AnswerTemplate.render(
                text,
                around.facts()
                        .facts(
                                request.local().address().toString(),
                                base,
                                base + TREE + tree.get().name(),
                                tree.get(),
                                order,
                                settings.rules().machine(client)),
                this::readable));
    }

    private Optional<String> readable(String name) {
        try {
            return around.folder().template(name);
        } catch (IOException e) {
            LOG.error("cannot read the template {}: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    // ---- reports

    private BootAnswer report(BootRequest request, String id) throws IOException {
        Optional<InstallOrder> order = orders.orders().byId(id);
        if (order.isEmpty()) {
            return missing();
        }
        Optional<MacAddress> mac = around.finder().find(request);
        if (mac.isPresent() && !mac.get().equals(order.get().mac())) {
            return BootAnswer.text(403, "Ekicho: " + AnswerReason.OTHER_MACHINE.sentence() + "\n");
        }
        String step =
                request.ask("step").orElse(request.body().lines().findFirst().orElse(""));
        around.witness().reported(order.get().mac(), step);
        if (step.equals("done")) {
            orders.change(book -> book.move(id, State.DONE));
            audit.tell(
                    around.time().instant(),
                    "order " + id + " for " + order.get().mac() + " is done");
        }
        return BootAnswer.text(200, "thank you\n");
    }

    // ---- what became of it

    @Override
    public void sent(BootRequest request, BootSent sent) {
        around.witness().served(request, who(request.peer()), sent);
        if (!sent.isWhole()) {
            return;
        }
        String path = request.path();
        try {
            if (path.startsWith(ORDER) && path.endsWith("/kernel")) {
                String id = path.substring(ORDER.length(), path.length() - "/kernel".length());
                audit.tell(around.time().instant(), "the kernel of order " + id + " was fetched by " + request.peer());
                orders.change(book -> book.move(id, State.STARTED));
            } else if (path.startsWith(ANSWER) && sent.status() == 200) {
                answered(request, path.substring(ANSWER.length()).split("/", -1));
            }
        } catch (IOException e) {
            LOG.error("cannot note that {} was fetched: {}", path, e.getMessage());
        }
    }

    private Optional<MacAddress> who(IpAddress peer) {
        try {
            return around.finder().of(peer);
        } catch (IOException e) {
            LOG.warn("cannot look up whose {} is: {}", peer, e.getMessage());
            return Optional.empty();
        }
    }

    /// A file was asked for by FTP.
    void fetched(FtpReports.Fetched file) {
        around.witness().fetched(file, who(file.client()));
    }

    private void answered(BootRequest request, String[] parts) throws IOException {
        if (parts.length > 1 && (parts[1].equals("meta-data") || parts[1].equals("vendor-data"))) {
            return;
        }
        String digest = BootTokens.digest(parts[0]);
        Optional<InstallOrder> order = orders.orders().orders().stream()
                .filter(o -> o.token().filter(digest::equals).isPresent())
                .findFirst();
        if (order.isPresent()) {
            answers.given(order.get(), request.peer().toString(), around.time().instant());
            orders.change(book -> book.move(order.get().id(), State.ANSWERED));
        }
    }

    /// How often answer files were given or refused since the start.
    public long counted(AnswerReason reason) {
        return answers.counted(reason);
    }
}
