package org.ekicho.mirror.snapshot;

/// Why a snapshot is kept.
///
/// @param why    the rule
/// @param detail for people: which channel, until when, who pinned it
public record Keeping(Rule why, String detail) {
    /// The rules, the strongest first.
    public enum Rule {
        /// A channel points to it.
        CURRENT("current of"),
        /// A channel pointed to it a short time ago: clients are in the middle of it.
        GRACE("in the grace time of"),
        /// What a rollback of a channel would go back to.
        PREVIOUS("previous of"),
        /// An admin said that it stays.
        PINNED("pinned:"),
        /// Among the newest of its repository.
        NEWEST("among the newest"),
        /// No channel points to its repository at all: it was made and not published yet.
        UNPUBLISHED("not in any channel yet:");

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        /// Whether it is kept even when an admin names it to be removed.
        public boolean isInUse() {
            return this.compareTo(PINNED) <= 0;
        }
    }

    /// `current of prod`.
    public String sentence() {
        return why.words + " " + detail;
    }
}
