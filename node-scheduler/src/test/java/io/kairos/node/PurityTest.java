/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;

/** The policy has no clock, thread or I/O, so that the simulator and the node manager run the very same code. */
@AnalyzeClasses(packages = "io.kairos.node", importOptions = DoNotIncludeTests.class)
class PurityTest {
    @ArchTest
    static final ArchRule dependsOnTheLanguageAlone = classes()
            .that()
            .resideInAPackage("io.kairos.node")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.kairos.node",
                            "java.lang",
                            "java.lang.annotation",
                            "java.lang.invoke",
                            "java.lang.runtime",
                            "java.util",
                            "java.util.function",
                            "org.jspecify.annotations")
                    .or(type(Duration.class)));

    @ArchTest
    static final ArchRule readsNoClock = noClasses()
            .that()
            .resideInAPackage("io.kairos.node")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule startsNothing = noClasses()
            .that()
            .resideInAPackage("io.kairos.node")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, Runtime.class);
}
