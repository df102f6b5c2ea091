package org.ekicho.mirror.xml;

/// What becomes of a document type declaration. It is never loaded, and no entity is ever replaced but the five of XML.
public enum Doctype {
    /// Its presence refuses the document.
    REFUSED,
    /// It is skipped, as long as it declares nothing itself: comps.xml has carried one since 2005.
    SKIPPED
}
