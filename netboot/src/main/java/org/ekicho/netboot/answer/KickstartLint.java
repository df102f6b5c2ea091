package org.ekicho.netboot.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Kickstart (pykickstart's commands from RHEL 5 to Fedora 43).
final class KickstartLint {
    private static final Set<String> COMMANDS = Set.of(
            "auth",
            "authconfig",
            "authselect",
            "autopart",
            "autostep",
            "bootc",
            "bootloader",
            "btrfs",
            "cdrom",
            "clearpart",
            "cmdline",
            "device",
            "dmraid",
            "driverdisk",
            "eula",
            "fcoe",
            "firewall",
            "firstboot",
            "graphical",
            "group",
            "halt",
            "harddrive",
            "hmc",
            "ignoredisk",
            "install",
            "interactive",
            "iscsi",
            "iscsiname",
            "keyboard",
            "lang",
            "langsupport",
            "lilo",
            "lilocheck",
            "liveimg",
            "logging",
            "logvol",
            "mediacheck",
            "method",
            "module",
            "monitor",
            "mount",
            "mouse",
            "multipath",
            "network",
            "nfs",
            "nvdimm",
            "ostreecontainer",
            "ostreesetup",
            "part",
            "partition",
            "poweroff",
            "raid",
            "realm",
            "reboot",
            "repo",
            "reqpart",
            "rescue",
            "rhsm",
            "rootpw",
            "selinux",
            "services",
            "shutdown",
            "skipx",
            "snapshot",
            "sshkey",
            "sshpw",
            "syspurpose",
            "text",
            "timesource",
            "timezone",
            "unsupported_hardware",
            "updates",
            "upgrade",
            "url",
            "user",
            "vnc",
            "rdp",
            "volgroup",
            "xconfig",
            "zerombr",
            "zfcp",
            "zipl");
    private static final Set<String> SECTIONS = Set.of(
            "%packages",
            "%pre", "%pre-install", "%post", "%onerror", "%traceback", "%addon", "%anaconda", "%certificate");
    private static final Set<String> ENDS = Set.of("reboot", "poweroff", "shutdown", "halt");

    private final List<AnswerProblem> problems = new ArrayList<>();
    private String section = "";
    private int sectionLine;
    private boolean ends;
    private boolean packages;

    List<AnswerProblem> check(String text) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            line(++number, line);
        }
        if (!section.isEmpty()) {
            problems.add(
                    AnswerProblem.error(sectionLine, 1, section + " has no %end (installers before EL 6 want none)"));
        }
        if (!packages) {
            problems.add(AnswerProblem.warning(
                    number, 1, "it has no %packages section, so the installer takes its default"));
        }
        if (!ends) {
            problems.add(AnswerProblem.warning(
                    number, 1, "neither reboot nor poweroff: the installer waits for a key at its end"));
        }
        return problems;
    }

    private void line(int number, String line) {
        String text = line.strip();
        if (text.startsWith("%")) {
            section(number, text.split("\\s", 2)[0]);
        } else if (section.isEmpty() && !text.isEmpty() && !text.startsWith("#")) {
            command(number, line.indexOf(text) + 1, text);
        }
    }

    private void section(int number, String word) {
        if (word.equals("%end")) {
            if (section.isEmpty()) problems.add(AnswerProblem.error(number, 1, "%end without a section before it"));
            section = "";
            return;
        }
        if (word.equals("%include") || word.equals("%ksappend")) {
            return;
        }
        if (!SECTIONS.contains(word)) {
            // Inside of a script a line may begin with any letter.
            if (section.isEmpty()) problems.add(AnswerProblem.error(number, 1, word + " is no section of a kickstart"));
            return;
        }
        if (!section.isEmpty() && !section.equals(word)) {
            problems.add(AnswerProblem.error(sectionLine, 1, section + " has no %end before " + word + " begins"));
        }
        section = word;
        sectionLine = number;
        packages |= word.equals("%packages");
    }

    private void command(int number, int column, String text) {
        String word = text.split("\\s", 2)[0];
        if (!COMMANDS.contains(word)) {
            problems.add(AnswerProblem.error(number, column, word + " is no command of any kickstart"));
            return;
        }
        ends |= ENDS.contains(word);
        boolean secret = word.equals("rootpw") || word.equals("user") || word.equals("sshpw");
        boolean hashed = text.contains("--iscrypted") || text.contains("--lock");
        boolean given = word.equals("rootpw") ? text.length() > word.length() : text.contains("--password");
        if (secret && given && !hashed) {
            problems.add(AnswerProblem.warning(
                    number,
                    column,
                    word + " has its password in plain text; use --iscrypted with a hash: openssl passwd -6"));
        }
    }
}
