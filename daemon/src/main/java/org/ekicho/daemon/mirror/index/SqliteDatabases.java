package org.ekicho.daemon.mirror.index;

/// Databases for yum 3.
final class SqliteDatabases {
    /// As repomd.xml says it.
    static final int VERSION = 10;

    private SqliteDatabases() {}
}
