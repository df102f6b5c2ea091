package org.ekicho.lab.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// A class that can be started.
final class NoMain extends ArchCondition<JavaClass> {
    NoMain() {
        super("have a static main method");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getMethods().stream()
                .filter(method ->
                        method.getName().equals("main") && method.getModifiers().contains(JavaModifier.STATIC))
                .forEach(method -> events.add(SimpleConditionEvent.satisfied(method, method.getFullName())));
    }
}
