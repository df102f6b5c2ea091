package org.ekicho.site.ntpconf;

import org.ekicho.site.diagnostic.Position;

/// One word of an ntp.conf line.
///
/// @param text without quotes
/// @param at   where it begins
/// @param form how it may be understood
public record Word(String text, Position at, Form form) {
    /// What a word may be.
    public enum Form {
        /// A keyword or a number, if it is one.
        PLAIN,
        /// Never a keyword: it was quoted, or follows a keyword that takes a name or path.
        STRING,
        /// One of `( ) { } , ; | =`.
        SYMBOL
    }

    public boolean is(String keyword) {
        return form != Form.STRING && text.equals(keyword);
    }
}
