package org.ekicho.netboot.trace;

import java.util.List;
import java.util.Optional;

/// A trace as plain words and numbers, for JSON and pages.
///
/// @param mac       hardware address
/// @param uuid      SMBIOS UUID; empty text when unknown
/// @param addresses IP addresses
/// @param firmware  in words: `x64 UEFI`; empty text when unknown
/// @param order     the last change of its install order, in words; empty text when there was none
/// @param attempt   number of the attempt
/// @param startedAtNanos power-on, by the events' clock
/// @param verdict   name of the verdict: `TFTP_ANSWERS_LOST`
/// @param outcome   name of the outcome: `BOOTED`, `LEFT_ALONE`, `GOING_ON`, `FAILED`
/// @param sentence  the verdict in words
/// @param notes     further sentences
/// @param command   to type next
/// @param medium    command that makes a medium; empty text when none would help
public record TraceView(
        String mac,
        String uuid,
        List<String> addresses,
        String firmware,
        String order,
        int attempt,
        long startedAtNanos,
        List<Step> steps,
        String verdict,
        String outcome,
        String sentence,
        List<String> notes,
        String command,
        String medium) {
    public TraceView {
        addresses = List.copyOf(addresses);
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /// One step.
    ///
    /// @param seconds since power-on
    /// @param stage   `firmware`, `loader`, `kernel`, `installer`, `report`
    /// @param grade   `ok`, `expected`, `slow`, `FAILED`
    public record Step(double seconds, String stage, String what, String grade, String why) {}

    /// The view of an attempt of this machine.
    ///
    /// @param now of the events' clock
    public static TraceView of(MachineTrace machine, BootAttempt attempt, long now) {
        Diagnosis diagnosis = machine.diagnose(attempt, now);
        List<Step> steps = StepWriter.write(attempt).stream()
                .map(step -> new Step(
                        (step.atNanos() - attempt.startedAt()) / 1e9,
                        step.stage().words(),
                        step.what(),
                        step.grade().mark(),
                        step.why()))
                .toList();
        return new TraceView(
                machine.mac().toString(),
                machine.uuid().map(Object::toString).orElse(""),
                machine.addresses().stream().sorted().map(Object::toString).toList(),
                machine.arch().map(arch -> arch.program().words()).orElse(""),
                machine.orders().isEmpty() ? "" : order(machine.orders().getLast()),
                attempt.number(),
                attempt.startedAt(),
                steps,
                diagnosis.verdict().name(),
                diagnosis.outcome().name(),
                diagnosis.sentence(),
                diagnosis.notes(),
                diagnosis.command(),
                diagnosis.medium().orElse(""));
    }

    private static String order(BootEvent.Order order) {
        String by = order.by().isEmpty() ? "" : " by " + order.by();
        return "install order for profile " + order.profile() + ": "
                + order.change().words() + by;
    }

    /// The view of the newest attempt; empty when there is none.
    public static Optional<TraceView> latest(MachineTrace machine, long now) {
        return machine.latest().map(attempt -> of(machine, attempt, now));
    }
}
