package org.ekicho.mirror.xml;

/// How much of one XML document is read. How large a whole document may be is the limit of whoever decompresses it.
///
/// @param tokenBytes bytes of one tag with its attributes, or one piece of text
/// @param depth      elements within elements
/// @param names      different names of elements and attributes: the parser remembers every one for good, so that a
///                   document of ever new names would fill the heap
public record XmlLimits(int tokenBytes, int depth, int names) {
    /// The longest texts of real repositories are descriptions and change-log entries of some ten KB, the deepest ones
    /// (comps.xml) have six levels, and none has a hundred names.
    public static final XmlLimits DEFAULT = new XmlLimits(4 << 20, 32, 1000);
}
