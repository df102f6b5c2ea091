package org.ekicho.web.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.web.page.ListingEntry;
import org.ekicho.web.page.StartPage;
import org.ekicho.web.path.RequestPath;

/// Reads folders for pages. May take a second for the largest, so that it is done beside the event loops.
public final class FolderReading {
    /// Entries of a listing: the largest distributions have 70,000 packages in a folder.
    public static final int MAX_ENTRIES = 100_000;

    private FolderReading() {}

    /// What a folder shows: no hidden names, no links that lead nowhere.
    public static List<ListingEntry> entries(Path folder) throws IOException {
        List<ListingEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                String name = String.valueOf(path.getFileName());
                if (entries.size() < MAX_ENTRIES && (!name.startsWith(".") || RequestPath.SHOWN.contains(name))) {
                    entry(path, name).ifPresent(entries::add);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /// Empty for a link that leads nowhere, for what was removed while we read, and for sockets and the like.
    private static Optional<ListingEntry> entry(Path path, String name) throws IOException {
        try {
            BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
            long seconds = facts.lastModifiedTime().to(TimeUnit.SECONDS);
            if (facts.isDirectory()) {
                return Optional.of(new ListingEntry(name, ListingEntry.Kind.FOLDER, 0, seconds));
            }
            return facts.isRegularFile()
                    ? Optional.of(new ListingEntry(name, ListingEntry.Kind.FILE, facts.size(), seconds))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// The channels, by name, and their repositories.
    public static List<StartPage.Channel> channels(ServedFolder folder) throws IOException {
        List<StartPage.Channel> channels = new ArrayList<>();
        for (ListingEntry entry : sorted(entries(folder.www()))) {
            if (ChannelName.isValid(entry.name())
                    && Files.isSymbolicLink(folder.www().resolve(entry.name()))) {
                List<StartPage.Repo> repos = new ArrayList<>();
                for (ListingEntry repo : sorted(entries(folder.www().resolve(entry.name())))) {
                    SnapshotPath.of(folder, "/" + entry.name() + "/" + repo.name())
                            .ifPresent(found -> repos.add(new StartPage.Repo(found.repo(), found.id())));
                }
                channels.add(new StartPage.Channel(new ChannelName(entry.name()), repos));
            }
        }
        return channels;
    }

    private static List<ListingEntry> sorted(List<ListingEntry> entries) {
        return entries.stream().sorted(Comparator.comparing(ListingEntry::name)).toList();
    }
}
