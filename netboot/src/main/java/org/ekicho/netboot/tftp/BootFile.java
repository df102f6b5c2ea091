package org.ekicho.netboot.tftp;

/// A file that is served.
///
/// @param name   in the index: `ipxe/snponly.efi`
/// @param size   bytes
/// @param source names the content to whoever reads it; a core never does
public record BootFile(String name, long size, String source) {
    public BootFile {
        if (size < 0) throw new IllegalArgumentException(name + " cannot have " + size + " bytes");
    }
}
