package org.ekicho.netboot.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerTemplateTest {
    static final AnswerFacts FACTS = new AnswerFacts(
            Map.of("site.url", "http://10.0.0.1:8080", "machine.name", "web1", "machine.tag.web", "true"),
            Map.of(
                    "repos",
                    List.of(
                            Map.of("id", "baseos", "url", "http://10.0.0.1:8080/latest/baseos"),
                            Map.of("id", "appstream", "url", "http://10.0.0.1:8080/latest/appstream"))));

    private static final AnswerTemplate.Library LIBRARY = name -> switch (name) {
        case "part.ks" -> Optional.of("part / --size=1 # ${machine.name}\n");
        case "self.ks" -> Optional.of("#@include self.ks\n");
        case "bad.ks" -> Optional.of("fine\n${machine.nme}\n");
        default -> Optional.empty();
    };

    private static AnswerTemplate.Rendered render(String template) {
        return AnswerTemplate.render(template, FACTS, LIBRARY);
    }

    @Test
    void names_with_a_dot_are_filled_in_and_the_shells_own_stay() {
        assertThat(render("url --url=${site.url}/x\n%post\necho ${HOME} $1 $(id) ${X:-y} ${x.y:-z}\n%end\n")
                        .text())
                .isEqualTo("url --url=http://10.0.0.1:8080/x\n%post\necho ${HOME} $1 $(id) ${X:-y} ${x.y:-z}\n%end\n");
    }

    @Test
    void conditions_loops_and_includes() {
        AnswerTemplate.Rendered rendered = render("""
                #@if machine.tag.web
                web
                #@else
                other
                #@end
                #@if not machine.tag.db
                no db
                #@end
                #@for repo in repos
                repo --name=${repo.id} --baseurl=${repo.url}
                #@end
                #@include part.ks
                last""");
        assertThat(rendered.problems()).isEmpty();
        assertThat(rendered.text()).isEqualTo("""
                web
                no db
                repo --name=baseos --baseurl=http://10.0.0.1:8080/latest/baseos
                repo --name=appstream --baseurl=http://10.0.0.1:8080/latest/appstream
                part / --size=1 # web1
                last""");
    }

    @Test
    void a_name_that_is_not_there_is_said_with_its_place_and_what_there_is() {
        assertThat(render("a\nb ${machine.nme}\n").problems())
                .singleElement()
                .asString()
                .isEqualTo("2:3: error: nothing is called machine.nme; there are machine.name, machine.tag.web");
        assertThat(render("x\n#@include bad.ks\n").problems())
                .singleElement()
                .asString()
                .startsWith("2:1: error: ");
    }

    @Test
    void broken_directives_are_said_all_at_once() {
        assertThat(render("#@end\n#@iff x\n#@if site.url\n#@for a in b\n#@end\n")
                        .problems())
                .extracting(AnswerProblem::toString)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1:1: error: #@end without"),
                        second -> assertThat(second).startsWith("2:1: error: #@iff x is no directive"),
                        third -> assertThat(third).isEqualTo("3:1: error: #@if without its #@end"),
                        fourth -> assertThat(fourth).isEqualTo("4:1: error: there is no list b; there are repos"));
    }

    @Test
    void a_template_that_includes_itself_ends() {
        assertThat(render("#@include self.ks\n").problems())
                .singleElement()
                .asString()
                .contains("include itself");
    }

    @Test
    void a_template_that_is_not_there_is_said() {
        assertThat(render("#@include none.ks\n").problems())
                .singleElement()
                .asString()
                .contains("no template none.ks");
    }
}
