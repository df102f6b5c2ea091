package org.ekicho.mirror.snapshot;

import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;

/// Where things lie in the mirror's folder. All paths are relative to it and written with `/`.
///
/// ```text
/// store/3f/3f2a9c01…                    every content once, named by its SHA-256, mode 0444, one file system
/// snapshots/REPO/ID/                    a complete createrepo-shaped tree of hard links into the store; never changes
/// manifests/REPO/ID.snapshot            what is in it; a snapshot exists when its manifest does
/// manifests/REPO/ID.pin                 why it is never to be removed
/// views/REPO/ID.N/                      a snapshot and files of replaced ones that late clients still ask for
/// channels/CHANNEL/N/REPO -> ../../../snapshots/REPO/ID or ../../../views/REPO/ID.N
/// channels/CHANNEL/N.state              which snapshots these are, when and why it was switched
/// www/CHANNEL -> ../channels/CHANNEL/N  what is served: replaced by one rename
/// www/snapshots -> ../snapshots
/// www/ALIAS/PATH -> …/latest/REPO       old addresses of a repository
/// www/keys/                             public keys
/// repos.d/*.repo                        what `ekicho mirror add` added
/// stage/REPO/                           work of a run; partial downloads stay for the next
/// stage/.tree-…                         trees being built or deleted; of no use once their process has ended
/// cache/REPO/                           what makes the next run faster; may be deleted at any time
/// bundles/                              keys of bundles, bundles that wait for others, what was exported
/// locks/repos/REPO.lock, locks/channels/CHANNEL.lock, locks/store.lock, locks/generation.lock
/// log/access.log
/// generation                            8 bytes, big-endian: odd while a pointer is being replaced, even otherwise
/// ```
public final class MirrorLayout {
    public static final String STORE = "store";
    public static final String SNAPSHOTS = "snapshots";
    public static final String MANIFESTS = "manifests";
    public static final String VIEWS = "views";
    public static final String CHANNELS = "channels";
    public static final String WWW = "www";
    public static final String KEYS = "www/keys";
    public static final String REPO_FILES = "repos.d";
    public static final String STAGE = "stage";
    public static final String CACHE = "cache";
    public static final String BUNDLES = "bundles";
    public static final String LOCKS = "locks";
    public static final String ACCESS_LOG = "log/access.log";
    public static final String GENERATION = "generation";
    /// Path of repomd.xml in a repository.
    public static final String REPOMD = "repodata/repomd.xml";

    private MirrorLayout() {}

    /// The place of a content in the store.
    ///
    /// @param sha256 64 hexadecimal digits
    public static String object(String sha256) {
        return STORE + "/" + sha256.substring(0, 2) + "/" + sha256;
    }

    public static String snapshot(RepoId repo, SnapshotId id) {
        return SNAPSHOTS + "/" + repo + "/" + id;
    }

    public static String manifest(RepoId repo, SnapshotId id) {
        return MANIFESTS + "/" + repo + "/" + id + ".snapshot";
    }

    /// Why a snapshot is never to be removed.
    public static String pin(RepoId repo, SnapshotId id) {
        return MANIFESTS + "/" + repo + "/" + id + ".pin";
    }

    public static String view(RepoId repo, SnapshotId id, int number) {
        return VIEWS + "/" + repo + "/" + id + "." + number;
    }

    /// The folder of one state of a channel.
    public static String channel(ChannelName channel, int number) {
        return CHANNELS + "/" + channel + "/" + number;
    }

    /// What one state of a channel is.
    public static String state(ChannelName channel, int number) {
        return channel(channel, number) + ".state";
    }

    /// What is served as a channel.
    public static String pointer(ChannelName channel) {
        return WWW + "/" + channel;
    }
}
