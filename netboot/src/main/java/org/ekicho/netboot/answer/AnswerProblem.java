package org.ekicho.netboot.answer;

/// Something wrong with a template or an answer file.
///
/// @param line     from 1
/// @param column   from 1
/// @param severity how bad
/// @param text     one sentence: what, and what to do
public record AnswerProblem(int line, int column, Severity severity, String text) {
    /// How bad it is.
    public enum Severity {
        /// The machine would not install.
        ERROR,
        /// It would, and perhaps not as meant.
        WARNING
    }

    static AnswerProblem error(int line, int column, String text) {
        return new AnswerProblem(line, column, Severity.ERROR, text);
    }

    static AnswerProblem warning(int line, int column, String text) {
        return new AnswerProblem(line, column, Severity.WARNING, text);
    }

    /// `12:5: error: …`
    @Override
    public String toString() {
        return line + ":" + column + ": " + (severity == Severity.ERROR ? "error" : "warning") + ": " + text;
    }
}
