package org.ekicho.mirror.xml;

/// How much of one XML document is read. How large a whole document may be is the limit of whoever decompresses it.
///
/// @param tokenBytes   bytes of one tag with its attributes, or one piece of text
/// @param depth        elements within elements
/// @param unknownNames different names of elements that the reader does not know
public record XmlLimits(int tokenBytes, int depth, int unknownNames) {
    /// The longest texts of real repositories are descriptions and change-log entries of some ten KB, the deepest ones
    /// (comps.xml) have six levels, and the most inventive ones have a dozen elements that no reader knows.
    public static final XmlLimits DEFAULT = new XmlLimits(4 << 20, 32, 1000);
}
