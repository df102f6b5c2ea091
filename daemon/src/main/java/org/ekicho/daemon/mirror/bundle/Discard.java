package org.ekicho.daemon.mirror.bundle;

import org.ekicho.mirror.bundle.Part;
import org.ekicho.mirror.bundle.VolumeReader;

/// Keeps nothing: the volume is only checked.
final class Discard implements VolumeReader.Receiver {
    @Override
    public void begin(Part part) {}

    @Override
    public void bytes(byte[] bytes, int length) {}

    @Override
    public void end(Part part) {}
}
