package org.ekicho.lab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A core is given bytes, the time, dice and settings, and returns a decision. It opens, starts, asks and says nothing.
final class CoresTest {
    private static final Set<String> DOORS = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.nio.file.Files",
            "java.nio.channels.FileChannel",
            "java.nio.channels.DatagramChannel",
            "java.nio.channels.SocketChannel",
            "java.nio.channels.ServerSocketChannel",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.MulticastSocket",
            "java.net.NetworkInterface",
            "java.net.URL",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Thread",
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.CompletableFuture");

    private static final Set<String> DICE = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom");

    @Test
    void never_a_file_socket_process_or_thread_in_a_core() {
        noClasses()
                .that()
                .resideInAnyPackage(Code.CORES)
                .should()
                .dependOnClassesThat(describe("open or start something", type -> DOORS.contains(type.getName())))
                .orShould()
                .accessTargetWhere(describe("resolve a name", CoresTest::resolvesAName))
                .check(Code.PROGRAM);
    }

    @Test
    void never_the_time_asked_in_a_core() {
        noClasses()
                .that()
                .resideInAnyPackage(Code.CORES)
                .should()
                .accessTargetWhere(describe("ask the time", CoresTest::asksTheTime))
                .check(Code.PROGRAM);
    }

    @Test
    void never_dice_of_its_own_in_a_core() {
        noClasses()
                .that()
                .resideInAnyPackage(Code.CORES)
                .should()
                .dependOnClassesThat(describe("throw dice", type -> DICE.contains(type.getName())))
                .orShould()
                .accessTargetWhere(describe("make dice", CoresTest::makesDice))
                .check(Code.PROGRAM);
    }

    @Test
    void never_a_log_line_in_a_core() {
        noClasses()
                .that()
                .resideInAnyPackage(Code.CORES)
                .should()
                .dependOnClassesThat(describe("log", CoresTest::logs))
                .orShould()
                .accessTargetWhere(describe("print", CoresTest::prints))
                .check(Code.PROGRAM);
    }

    private static boolean resolvesAName(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.net.InetAddress")
                && Set.of("getByName", "getAllByName", "getLocalHost").contains(access.getName());
    }

    private static boolean asksTheTime(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            default -> owner.startsWith("java.time.") && name.equals("now");
        };
    }

    private static boolean makesDice(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return switch (access.getName()) {
            case "random" -> owner.equals("java.lang.Math");
            case "of", "getDefault" -> owner.equals("java.util.random.RandomGenerator");
            case "randomUUID" -> owner.equals("java.util.UUID");
            default -> false;
        };
    }

    private static boolean logs(JavaClass type) {
        return type.getPackageName().startsWith("org.slf4j")
                || type.getPackageName().startsWith("java.util.logging")
                || type.getName().startsWith("java.lang.System$Logger");
    }

    private static boolean prints(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.lang.System")
                && (access.getName().equals("out") || access.getName().equals("err"));
    }
}
