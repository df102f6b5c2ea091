package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Version;
import org.ekicho.host.download.Addresses;
import org.ekicho.host.download.Bandwidth;
import org.ekicho.host.download.DownloadRequest;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.host.download.DownloadSettings;
import org.ekicho.host.download.Downloads;
import org.ekicho.host.download.Traffic;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.signature.Keyring;
import org.ekicho.mirror.signature.TrustedKey;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.repofile.RepoFile;
import org.ekicho.site.repofile.RepoFileReader;
import org.ekicho.site.repofile.RepoLine;
import org.ekicho.site.repofile.Variables;

/// Takes a `.repo` file into a mirror: read, checked, its keys brought along, written to `repos.d`.
public final class RepoAdding implements AutoCloseable {
    private static final Pattern KEY_ADDRESS = Pattern.compile("https?://[^\\s,]+");

    private final MirrorFolder folder;
    private final Downloads downloads;

    private RepoAdding(MirrorFolder folder, Downloads downloads) {
        this.folder = folder;
        this.downloads = downloads;
    }

    public static RepoAdding open(MirrorFolder folder) throws IOException {
        DownloadSettings settings = DownloadSettings.of("ekicho/" + Version.NUMBER, 1);
        return new RepoAdding(folder, Downloads.open(settings, Bandwidth.unlimited(), new Traffic()));
    }

    /// A file that was read.
    ///
    /// @param name  it would have in `repos.d`
    /// @param text  as it would be written
    /// @param repos that it has
    public record Offer(String name, String text, List<RepoSettings> repos, Report report) {
        public Offer {
            repos = List.copyOf(repos);
        }
    }

    /// A key that packages will be checked with.
    ///
    /// @param where   the file
    /// @param keys    what it holds; empty when it could not be read
    /// @param warning what a person should do about it; empty when nothing
    public record KeyNotice(String where, List<TrustedKey> keys, String warning) {
        public KeyNotice {
            keys = List.copyOf(keys);
        }
    }

    /// Reads a file, or an address.
    ///
    /// @param ids       sections to take; empty: all
    /// @param variables what `$releasever` and the like stand for; they are replaced in the text that is written
    public Offer read(String source, Set<String> ids, Variables variables) throws IOException {
        String text = expanded(text(source), variables);
        if (!ids.isEmpty()) {
            text = only(text, ids);
        }
        return offer(name(source), text);
    }

    /// Line by line, so that a brace that is never closed spoils its own line only.
    private static String expanded(String text, Variables variables) {
        StringBuilder out = new StringBuilder();
        for (RepoLine line : RepoFile.parse(text).lines()) {
            out.append(variables.expand(line.text()).text()).append(line.ending());
        }
        return out.toString();
    }

    /// Fetches the keys that the file names by address and makes it name our copies.
    public Offer withKeys(Offer offer, List<KeyNotice> notices) throws IOException {
        Map<String, String> copies = new LinkedHashMap<>();
        for (RepoLine line : RepoFile.parse(offer.text()).lines()) {
            boolean named = line.form() instanceof RepoLine.Form.Setting(String key, String _)
                    ? key.equalsIgnoreCase("gpgkey")
                    : line.form() instanceof RepoLine.Form.Continuation;
            Matcher address = KEY_ADDRESS.matcher(named ? line.text() : "");
            while (address.find()) {
                fetch(address.group(), copies, notices);
            }
        }
        String text = offer.text();
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            text = text.replace(copy.getKey(), copy.getValue());
        }
        Offer changed = offer(offer.name(), text);
        for (RepoSettings repo : changed.repos()) {
            repo.gpgKeys().stream()
                    .filter(file -> !copies.containsValue("file://" + file))
                    .forEach(file -> notices.add(local(Path.of(file))));
        }
        return changed;
    }

    /// Writes it.
    ///
    /// @return the file
    /// @throws IOException when another file of this name is there
    public Path write(Offer offer) throws IOException {
        Path where = Files.createDirectories(folder.root().resolve(MirrorLayout.REPO_FILES));
        Path file = where.resolve(offer.name());
        if (Files.exists(file)
                && !BoundedRead.text(file, RepoFolder.MAX_FILE_BYTES).equals(offer.text())) {
            throw new IOException(file + " is there already with another content; remove its repositories first with"
                    + " \"ekicho mirror remove\", or delete it");
        }
        new DurableFile(file).write(offer.text().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    @Override
    public void close() throws IOException {
        downloads.close();
    }

    private static Offer offer(String name, String text) {
        Diagnostics problems = new Diagnostics();
        List<RepoSettings> repos = RepoFileReader.read(name, text, Variables.NONE, problems);
        return new Offer(name, text, repos, problems.report());
    }

    private String text(String source) throws IOException {
        if (!source.contains("://")) {
            return BoundedRead.text(Path.of(source), RepoFolder.MAX_FILE_BYTES);
        }
        Path file = fetched(source, RepoFolder.MAX_FILE_BYTES);
        try {
            return BoundedRead.text(file, RepoFolder.MAX_FILE_BYTES);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Path fetched(String source, long limit) throws IOException {
        URI address =
                Addresses.parse(source).orElseThrow(() -> new IOException(Addresses.shown(source) + " is no address"));
        Path file = Files.createTempFile(Files.createDirectories(folder.root().resolve(MirrorLayout.STAGE)), "add", "");
        if (downloads.fetch(DownloadRequest.anew(address, file, limit))
                instanceof DownloadResult.Failed(var _, String sentence)) {
            Files.deleteIfExists(file);
            throw new IOException(sentence);
        }
        return file;
    }

    private void fetch(String address, Map<String, String> copies, List<KeyNotice> notices) throws IOException {
        if (copies.containsKey(address)) {
            return;
        }
        Path file;
        byte[] bytes;
        Keyring keyring;
        try {
            Path fetched = fetched(address, Keyring.MAX_FILE_BYTES);
            bytes = BoundedRead.bytes(fetched, Keyring.MAX_FILE_BYTES);
            Files.deleteIfExists(fetched);
            keyring = Keyring.decode(bytes);
        } catch (IOException e) {
            notices.add(
                    new KeyNotice(Addresses.shown(address), List.of(), "the key could not be had: " + e.getMessage()));
            return;
        }
        Path where = Files.createDirectories(folder.root().resolve(MirrorLayout.KEYS));
        file = where.resolve(name(address).replaceAll("\\.repo$", ""));
        if (Files.exists(file) && !java.util.Arrays.equals(bytes, BoundedRead.bytes(file, Keyring.MAX_FILE_BYTES))) {
            throw new IOException(file + " is there already and holds other keys than " + Addresses.shown(address)
                    + " has now; find out why before you delete it");
        }
        new DurableFile(file).write(bytes);
        copies.put(address, "file://" + file);
        String warning = address.startsWith("https:")
                ? "it came from the network: compare the fingerprint with what its owner publishes elsewhere"
                : "it came over http, so that anybody on the way could have replaced it: compare the fingerprint with what"
                        + " its owner publishes elsewhere";
        notices.add(new KeyNotice(file.toString(), keyring.keys(), warning));
    }

    private static KeyNotice local(Path file) {
        try {
            return new KeyNotice(
                    file.toString(),
                    Keyring.decode(BoundedRead.bytes(file, Keyring.MAX_FILE_BYTES))
                            .keys(),
                    "");
        } catch (IOException e) {
            return new KeyNotice(
                    file.toString(),
                    List.of(),
                    "the key file cannot be read here; copy it from the distribution's medium or one of its machines");
        }
    }

    /// The sections of these ids, with their lines as they are.
    private static String only(String text, Set<String> ids) {
        StringBuilder out = new StringBuilder();
        boolean takes = false;
        for (RepoLine line : RepoFile.parse(text).lines()) {
            if (line.form() instanceof RepoLine.Form.Header(String id, String _)) {
                takes = ids.contains(id);
            }
            out.append(takes ? line.whole() : "");
        }
        return out.toString();
    }

    /// The last part of a path or address, fit for a file name.
    private static String name(String source) {
        String path = source.replaceAll("[?#].*$", "").replaceAll("/+$", "");
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        String plain = Optional.of(last)
                .filter(n -> !n.isEmpty() && !n.startsWith("."))
                .orElse("added");
        return plain.endsWith(".repo") ? plain : plain + ".repo";
    }
}
