package org.ekicho.daemon.mirror.index;

import java.util.ArrayList;
import java.util.List;

/// The tables of yum's databases, version 10, as yum-metadata-parser and createrepo_c make them.
enum SqliteSchema {
    PRIMARY {
        @Override
        List<String> tables() {
            List<String> sql = new ArrayList<>();
            sql.add(DB_INFO);
            sql.add("CREATE TABLE packages (pkgKey INTEGER PRIMARY KEY, pkgId TEXT, name TEXT, arch TEXT, version TEXT,"
                    + " epoch TEXT, release TEXT, summary TEXT, description TEXT, url TEXT, time_file INTEGER,"
                    + " time_build INTEGER, rpm_license TEXT, rpm_vendor TEXT, rpm_group TEXT, rpm_buildhost TEXT,"
                    + " rpm_sourcerpm TEXT, rpm_header_start INTEGER, rpm_header_end INTEGER, rpm_packager TEXT,"
                    + " size_package INTEGER, size_installed INTEGER, size_archive INTEGER, location_href TEXT,"
                    + " location_base TEXT, checksum_type TEXT)");
            sql.add("CREATE TABLE files (name TEXT, type TEXT, pkgKey INTEGER)");
            for (String kind : DEPENDENCIES) {
                sql.add("CREATE TABLE " + kind
                        + " (name TEXT, flags TEXT, epoch TEXT, version TEXT, release TEXT, pkgKey INTEGER"
                        + (kind.equals("requires") ? ", pre BOOLEAN DEFAULT FALSE)" : ")"));
            }
            StringBuilder removals = new StringBuilder("CREATE TRIGGER removals AFTER DELETE ON packages BEGIN"
                    + " DELETE FROM files WHERE pkgKey = old.pkgKey;");
            for (String kind : DEPENDENCIES) {
                removals.append(" DELETE FROM ").append(kind).append(" WHERE pkgKey = old.pkgKey;");
            }
            sql.add(removals + " END");
            return sql;
        }

        @Override
        List<String> indexes() {
            List<String> sql = new ArrayList<>(List.of(
                    "CREATE INDEX packagename ON packages (name)",
                    "CREATE INDEX packageId ON packages (pkgId)",
                    "CREATE INDEX filenames ON files (name)",
                    "CREATE INDEX pkgfiles ON files (pkgKey)",
                    "CREATE INDEX requiresname ON requires (name)",
                    "CREATE INDEX providesname ON provides (name)"));
            for (String kind : DEPENDENCIES) {
                sql.add("CREATE INDEX pkg" + kind + " ON " + kind + " (pkgKey)");
            }
            return sql;
        }
    },
    FILELISTS {
        @Override
        List<String> tables() {
            return List.of(
                    DB_INFO,
                    PACKAGES,
                    "CREATE TABLE filelist (pkgKey INTEGER, dirname TEXT, filenames TEXT, filetypes TEXT)",
                    "CREATE TRIGGER remove_filelist AFTER DELETE ON packages BEGIN"
                            + " DELETE FROM filelist WHERE pkgKey = old.pkgKey; END");
        }

        @Override
        List<String> indexes() {
            return List.of(
                    "CREATE INDEX keyfile ON filelist (pkgKey)",
                    "CREATE INDEX pkgId ON packages (pkgId)",
                    "CREATE INDEX dirnames ON filelist (dirname)");
        }
    },
    OTHER {
        @Override
        List<String> tables() {
            return List.of(
                    DB_INFO,
                    PACKAGES,
                    "CREATE TABLE changelog (pkgKey INTEGER, author TEXT, date INTEGER, changelog TEXT)",
                    "CREATE TRIGGER remove_changelogs AFTER DELETE ON packages BEGIN"
                            + " DELETE FROM changelog WHERE pkgKey = old.pkgKey; END");
        }

        @Override
        List<String> indexes() {
            return List.of("CREATE INDEX keychange ON changelog (pkgKey)", "CREATE INDEX pkgId ON packages (pkgId)");
        }
    };

    private static final String DB_INFO = "CREATE TABLE db_info (dbversion INTEGER, checksum TEXT)";
    private static final String PACKAGES = "CREATE TABLE packages (pkgKey INTEGER PRIMARY KEY, pkgId TEXT)";
    private static final List<String> DEPENDENCIES = List.of(
            "requires", "provides", "conflicts", "obsoletes", "suggests", "enhances", "recommends", "supplements");

    abstract List<String> tables();

    /// Made last, which is quicker.
    abstract List<String> indexes();
}
