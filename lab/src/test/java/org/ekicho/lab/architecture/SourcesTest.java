package org.ekicho.lab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What no source file may be like.
final class SourcesTest {
    /// A file that is longer holds more than one noun.
    private static final int MOST_LINES = 400;

    private static final Pattern SAYS_NOTHING =
            Pattern.compile("(^(Abstract|Base)[A-Z].*)|(.*(Impl|Manager|Helper|Utils?|Base)$)");

    private static final Pattern A_TEST = Pattern.compile("^\\s*@(Test|ParameterizedTest|RepeatedTest|Property)\\b");

    private static final List<Path> SOURCES = Code.sources();

    @Test
    void never_a_file_of_more_than_400_lines() {
        assertThat(SOURCES)
                .filteredOn(source -> Code.lines(source).size() > MOST_LINES)
                .extracting(Code::nameOf)
                .isEmpty();
    }

    @Test
    void never_a_name_that_says_nothing() {
        assertThat(SOURCES)
                .filteredOn(source -> SAYS_NOTHING.matcher(typeOf(source)).matches())
                .extracting(Code::nameOf)
                .isEmpty();
    }

    @Test
    void never_a_test_that_does_not_run() {
        assertThat(SOURCES)
                .filteredOn(source -> Code.lines(source).stream()
                        .anyMatch(line -> A_TEST.matcher(line).find()))
                .extracting(SourcesTest::typeOf)
                .isNotEmpty()
                .allMatch(type -> type.endsWith("Test"));
    }

    @Test
    void never_a_package_that_allows_null_by_default() {
        assertThat(SOURCES)
                .extracting(Path::getParent)
                .filteredOn(folder -> folder.toString().contains("/src/main/"))
                .isNotEmpty()
                .allMatch(folder -> Files.exists(folder.resolve("package-info.java"))
                        && Code.lines(folder.resolve("package-info.java")).contains("@NullMarked"));
    }

    private static String typeOf(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }
}
