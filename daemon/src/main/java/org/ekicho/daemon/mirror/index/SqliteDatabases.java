package org.ekicho.daemon.mirror.index;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.rpm.Changelog;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.PackageFile;
import org.ekicho.mirror.rpm.RpmPackage;
import org.jspecify.annotations.Nullable;

/// primary, filelists and other as sqlite databases of version 10, for yum 3, which downloads them instead of
/// the XML and is spared making them by itself. Compressed with bzip2, the only codec that all of yum 3 reads
/// here.
final class SqliteDatabases implements Closeable {
    /// As repomd.xml says it.
    static final int VERSION = 10;

    private final RepodataFolder folder;
    private final Database primary;
    private final Database filelists;
    private final Database other;
    private long key;

    private SqliteDatabases(RepodataFolder folder, Database primary, Database filelists, Database other) {
        this.folder = folder;
        this.primary = primary;
        this.filelists = filelists;
        this.other = other;
    }

    static SqliteDatabases start(RepodataFolder folder) throws IOException {
        try {
            return new SqliteDatabases(
                    folder,
                    Database.make("primary", folder.fresh("primary.sqlite"), SqliteSchema.PRIMARY),
                    Database.make("filelists", folder.fresh("filelists.sqlite"), SqliteSchema.FILELISTS),
                    Database.make("other", folder.fresh("other.sqlite"), SqliteSchema.OTHER));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    void add(RpmPackage rpm) throws IOException {
        key++;
        try {
            addPrimary(rpm);
            addFiles(rpm);
            other.insert("packages", key, rpm.pkgid().hex());
            for (Changelog entry : rpm.changelogs()) {
                other.insert("changelog", key, entry.author(), entry.time(), entry.text());
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void addPrimary(RpmPackage rpm) throws SQLException {
        RpmPackage.Texts texts = rpm.texts();
        primary.insert(
                "packages",
                key,
                rpm.pkgid().hex(),
                rpm.name(),
                rpm.arch(),
                rpm.evr().version(),
                rpm.evr().epoch(),
                rpm.evr().release(),
                texts.summary(),
                texts.description(),
                texts.url(),
                rpm.times().file(),
                rpm.times().build(),
                texts.license(),
                texts.vendor(),
                texts.group(),
                texts.buildHost(),
                texts.sourceRpm(),
                rpm.header().start(),
                rpm.header().end(),
                texts.packager(),
                rpm.sizes().packageFile(),
                rpm.sizes().installed(),
                rpm.sizes().archive(),
                rpm.location(),
                "",
                rpm.pkgid().type().word());
        for (Dependency.Kind kind : Dependency.Kind.values()) {
            for (Dependency dependency : rpm.of(kind)) {
                addDependency(kind, dependency);
            }
        }
        for (PackageFile file : rpm.files()) {
            if (file.isPrimary()) {
                primary.insert("files", file.path(), file.kind().name().toLowerCase(Locale.ROOT), key);
            }
        }
    }

    private void addDependency(Dependency.Kind kind, Dependency dependency) throws SQLException {
        String flags = dependency.range().map(range -> range.sense().name()).orElse("");
        String epoch = dependency.range().map(Dependency.Range::epoch).orElse("");
        String version = dependency.range().map(Dependency.Range::version).orElse("");
        String release = dependency.range().map(Dependency.Range::release).orElse("");
        if (kind == Dependency.Kind.REQUIRES) {
            String pre = dependency.pre() ? "TRUE" : "FALSE";
            primary.insert(kind.word(), dependency.name(), flags, epoch, version, release, key, pre);
        } else {
            primary.insert(kind.word(), dependency.name(), flags, epoch, version, release, key);
        }
    }

    /// A row for each folder: its names with `/` between them, and a letter for the kind of each.
    private void addFiles(RpmPackage rpm) throws SQLException {
        filelists.insert("packages", key, rpm.pkgid().hex());
        Map<String, StringBuilder[]> folders = new LinkedHashMap<>();
        for (PackageFile file : rpm.files()) {
            int slash = file.path().lastIndexOf('/');
            String directory = slash <= 0
                    ? file.path().substring(0, slash + 1)
                    : file.path().substring(0, slash);
            StringBuilder[] row = folders.computeIfAbsent(
                    directory, d -> new StringBuilder[] {new StringBuilder(), new StringBuilder()});
            row[0].append(row[1].isEmpty() ? "" : "/")
                    .append(file.path(), slash + 1, file.path().length());
            row[1].append(
                    switch (file.kind()) {
                        case FILE -> 'f';
                        case DIR -> 'd';
                        case GHOST -> 'g';
                    });
        }
        for (Map.Entry<String, StringBuilder[]> row : folders.entrySet()) {
            String names = row.getValue()[0].toString();
            filelists.insert("filelist", key, row.getKey(), names, row.getValue()[1].toString());
        }
    }

    /// Ends the databases and gives them their names.
    ///
    /// @param xml the records of the XML files, whose checksums the databases hold
    List<RepomdRecord> finish(List<RepomdRecord> xml, IndexSettings.Form form, Optional<Instant> time)
            throws IOException {
        List<RepomdRecord> records = new ArrayList<>();
        for (Database database : List.of(primary, filelists, other)) {
            Checksum sum = xml.stream()
                    .filter(record -> record.type().equals(database.type))
                    .findFirst()
                    .orElseThrow()
                    .checksum();
            try {
                database.end(sum.hex());
            } catch (SQLException e) {
                throw failed(e);
            }
            String name = database.type + ".sqlite" + Codec.BZ2.suffix();
            try (MetadataFile packed = MetadataFile.create(folder.fresh(name), Codec.BZ2, form.repomdChecksum());
                    InputStream in = Files.newInputStream(database.file)) {
                byte[] block = new byte[128 << 10];
                for (int n = in.read(block); n >= 0; n = in.read(block)) {
                    packed.write(block, 0, n);
                }
                records.add(folder.place(packed.finish(), database.type + "_db", name, form.names(), time));
            }
            Files.delete(database.file);
        }
        return records;
    }

    private static IOException failed(SQLException e) {
        return new IOException("writing a sqlite database failed: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        for (Database database : List.of(primary, filelists, other)) {
            try {
                database.connection.close();
            } catch (SQLException e) {
                throw failed(e);
            }
            Files.deleteIfExists(database.file);
        }
    }

    /// One of the three.
    private static final class Database {
        private final String type;
        private final Path file;
        private final Connection connection;
        private final SqliteSchema schema;
        private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();

        private Database(String type, Path file, Connection connection, SqliteSchema schema) {
            this.type = type;
            this.file = file;
            this.connection = connection;
            this.schema = schema;
        }

        /// Without journal and sync: a database that is not complete is thrown away.
        static Database make(String type, Path file, SqliteSchema schema) throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = OFF");
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("PRAGMA locking_mode = EXCLUSIVE");
                connection.setAutoCommit(false);
                for (String sql : schema.tables()) {
                    statement.execute(sql);
                }
            }
            return new Database(type, file, connection, schema);
        }

        /// An empty text is NULL, as with createrepo_c.
        void insert(String table, @Nullable Object... values) throws SQLException {
            PreparedStatement insert = inserts.get(table);
            if (insert == null) {
                insert = connection.prepareStatement(
                        "INSERT INTO " + table + " VALUES (?" + ",?".repeat(values.length - 1) + ")");
                inserts.put(table, insert);
            }
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                insert.setObject(i + 1, "".equals(value) ? null : value);
            }
            insert.executeUpdate();
        }

        void end(String checksum) throws SQLException {
            insert("db_info", VERSION, checksum);
            try (Statement statement = connection.createStatement()) {
                for (String sql : schema.indexes()) {
                    statement.execute(sql);
                }
            }
            connection.commit();
            connection.close();
        }
    }
}
