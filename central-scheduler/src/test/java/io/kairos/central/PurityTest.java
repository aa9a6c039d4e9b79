/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the core pure, so that the simulator and YARN can run the very same classes. */
@AnalyzeClasses(packagesOf = PlacementIndex.class, importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    @ArchTest
    static final ArchRule dependsOnTheJdkAndItselfAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.util..", "org.jspecify..", "io.kairos.central..");

    @ArchTest
    static final ArchRule hasNoThreadNorInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.concurrent..", "java.util.logging..", "java.io..", "java.net..", "java.nio..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule readsNoClock = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.time..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Date.class);
}
