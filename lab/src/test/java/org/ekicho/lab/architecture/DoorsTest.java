package org.ekicho.lab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Things that exactly one module does.
final class DoorsTest {
    private static final Set<String> STARTERS =
            Set.of("java.util.concurrent.Executors", "java.lang.Thread$Builder", "java.util.Timer");

    @Test
    void never_native_code_outside_of_host() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.ekicho.host..", "org.ekicho.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(Code.PROGRAM);
    }

    @Test
    void never_the_http_server_outside_of_web() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.ekicho.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(Code.PROGRAM);
    }

    @Test
    void never_the_ftp_library_outside_of_its_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.ekicho.daemon.boot.ftp")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.ftpserver..", "org.apache.mina..")
                .check(Code.PROGRAM);
    }

    @Test
    void never_a_thread_started_outside_of_the_daemon() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.ekicho.daemon..", "org.ekicho.cli..", "org.ekicho.bench..")
                .should()
                .dependOnClassesThat(describe("start threads", type -> STARTERS.contains(type.getName())))
                .orShould()
                .accessTargetWhere(describe("start a thread", DoorsTest::startsAThread))
                .check(Code.PROGRAM);
    }

    @Test
    void never_another_main_than_the_commands() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.ekicho.cli", "org.ekicho.bench..")
                .should(new NoMain())
                .check(Code.PROGRAM);
    }

    @Test
    void never_reflection() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("reflect", DoorsTest::reflects))
                .orShould()
                .accessTargetWhere(describe(
                        "look up a class by name",
                        access -> access.getName().equals("forName")
                                && access.getTargetOwner().getName().equals("java.lang.Class")))
                .check(Code.PROGRAM);
    }

    private static boolean startsAThread(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.lang.Thread")
                && Set.of("start", "startVirtualThread", "ofPlatform", "ofVirtual", "<init>")
                        .contains(access.getName());
    }

    private static boolean reflects(JavaClass type) {
        return type.getPackageName().equals("java.lang.reflect")
                && !type.getName().startsWith("java.lang.reflect.Record");
    }
}
