package org.ekicho.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.BootDesk;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.daemon.boot.InstallTree;
import org.ekicho.daemon.boot.SiteFacts;
import org.ekicho.daemon.boot.TreeShelf;
import org.ekicho.netboot.answer.AnswerProblem;
import org.ekicho.netboot.answer.AnswerTemplate;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho boot render`: the answer file that a machine would get.
@Command(
        name = "render",
        description = "Print the answer file as a machine would get it, without it being there. Secrets are hidden.")
final class BootRenderCommand extends Printing implements Callable<Integer> {
    @Mixin
    private BootOption boot = new BootOption();

    @Parameters(
            index = "0",
            paramLabel = "MACHINE",
            description = "A hardware address, or the name of a [[boot.machine]].")
    private String machine = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PROFILE",
            description = "What would be installed (default: the machine's own profile).")
    private @Nullable String profile;

    @Option(names = "--secrets", description = "Show secrets, too: keys of the time service.")
    private boolean secrets;

    @Override
    public Integer call() throws IOException {
        SiteSettings site = boot.site();
        BootSettings settings = site.boot().orElseThrow();
        NamedMachine named;
        try {
            named = NamedMachine.find(settings, machine, profile);
        } catch (IllegalArgumentException e) {
            screen.problem(String.valueOf(e.getMessage()));
            return Exit.USAGE;
        }
        Profile what = named.profile();
        if (what.answer().isEmpty()) {
            screen.problem("the profile \"" + what.name() + "\" has no answer file: its installer asks");
            return Exit.USAGE;
        }
        BootFolder folder = boot.folder();
        Optional<InstallTree> tree = new TreeShelf(folder).tree(what.tree());
        String name = what.answer().get();
        Optional<String> template = folder.template(name);
        if (tree.isEmpty() || template.isEmpty()) {
            screen.problem(
                    tree.isEmpty()
                            ? "the tree " + what.tree() + " is not here; bring it with: ekicho boot tree import "
                                    + what.tree() + " ISO|DIR"
                            : "the template " + folder.answers().resolve(name) + " is not here");
            return Exit.NOT_GOOD;
        }
        return print(
                name,
                AnswerTemplate.render(
                        template.get(),
                        new SiteFacts(site, secrets ? SiteFacts.Secrets.TOLD : SiteFacts.Secrets.HIDDEN)
                                .facts(
                                        address(settings),
                                        base(settings),
                                        base(settings)
                                                + BootDesk.TREE
                                                + tree.get().name(),
                                        tree.get(),
                                        order(named.mac(), what),
                                        named.known()),
                        included -> unchecked(folder, included)));
    }

    private Integer print(String name, AnswerTemplate.Rendered rendered) {
        screen.print(rendered.text());
        for (AnswerProblem problem : rendered.problems()) {
            screen.problem(name + ":" + problem);
        }
        return rendered.isGood() ? Exit.GOOD : Exit.NOT_GOOD;
    }

    /// An order as it would be armed now.
    private static InstallOrder order(MacAddress mac, Profile profile) {
        Instant now = Instant.now();
        return new InstallOrder(
                "000000",
                mac,
                profile.name(),
                "render",
                now,
                now.plus(InstallOrder.DEFAULT_LIFE),
                InstallOrder.State.ARMED,
                Optional.empty());
    }

    private static String address(BootSettings settings) {
        IpAddress own = settings.http().address();
        return own.isAny() ? "SERVER" : own.toString();
    }

    private static String base(BootSettings settings) {
        return "http://" + address(settings) + ":" + settings.http().port();
    }

    private static Optional<String> unchecked(BootFolder folder, String name) {
        try {
            return folder.template(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
