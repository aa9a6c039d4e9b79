/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The policy has no clock, thread or I/O, so that the simulator and the node manager run the very same code. */
class PurityTest {
    private static final String POLICY = "io.kairos.node"; // the package alone, not those below it
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(POLICY);

    @Test
    void dependsOnTheLanguageAlone() {
        classes()
                .that()
                .resideInAPackage(POLICY)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                POLICY,
                                "java.lang",
                                "java.lang.annotation",
                                "java.lang.invoke",
                                "java.lang.runtime",
                                "java.util",
                                "java.util.function",
                                "org.jspecify.annotations")
                        .or(type(Duration.class)))
                .check(CLASSES);
    }

    @Test
    void readsNoClock() {
        noClasses()
                .that()
                .resideInAPackage(POLICY)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void startsNothing() {
        noClasses()
                .that()
                .resideInAPackage(POLICY)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, Runtime.class)
                .check(CLASSES);
    }
}
