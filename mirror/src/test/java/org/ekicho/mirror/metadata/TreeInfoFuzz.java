package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.location.Locations;

/// .treeinfo of anybody is read or refused, and no file of the tree lies outside.
public final class TreeInfoFuzz {
    private TreeInfoFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        if (TreeInfoReader.read(new ByteArrayInputStream(data)) instanceof Reading.Done<TreeInfo>(TreeInfo tree)) {
            for (TreeInfo.TreeFile file : tree.files()) {
                FuzzCheck.check(
                        Locations.check(file.path().text(), Locations.Use.TREE) instanceof Reading.Done,
                        "a file outside of the tree");
            }
        }
        String text = new String(data, StandardCharsets.UTF_8);
        Checksum sum = new Checksum(HashType.SHA256, "0".repeat(64));
        String once = TreeInfoText.withRepomd(text, sum);
        FuzzCheck.check(TreeInfoText.withRepomd(once, sum).equals(once), "changed twice");
    }
}
