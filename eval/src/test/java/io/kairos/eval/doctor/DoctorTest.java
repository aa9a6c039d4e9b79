/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kairos.eval.doctor.check.AllChecks;
import io.kairos.eval.report.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A site in good order has nothing, and one with one fault has that and nothing else, until it is mended as the lines say. */
class DoctorTest {
    private static final Path REFERENCE = Path.of("..", "docs", "doctor.md");
    private static final int MOST_ROUNDS = 3;

    @SuppressWarnings("NullAway.Init")
    private TestSite site;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        site = new TestSite(folder);
    }

    private Diagnosis diagnosis() throws Exception {
        return Diagnosis.of("Kairos doctor", site.patient(), AllChecks.LIST);
    }

    private static List<String> names(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .map(finding -> finding.rule().name())
                .distinct()
                .toList();
    }

    static List<Fault> faults() {
        return Faults.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsNamedAloneAndGoesWhenMended(Fault fault) throws Exception {
        fault.injection().into(site);
        Diagnosis sick = diagnosis();

        assertThat(names(sick)).as(() -> String.join("\n", sick.lines())).containsExactly(fault.rule());
        assertThat(sick.exitStatus()).isEqualTo(sick.findings().get(0).rule().severity() == Severity.ADVICE ? 0 : 1);
        assertThat(sick.lines()).allMatch(DoctorTest::fits);

        mend(sick);
        Diagnosis mended = diagnosis();
        assertThat(names(mended)).as(() -> String.join("\n", mended.lines())).doesNotContain(fault.rule());
        // A cluster that ran is not to stand still for having taken an advice.
        assertThat(errors(mended)).as(() -> String.join("\n", mended.lines())).isSubsetOf(errors(sick));
        comesToAnEnd(mended);
    }

    private static List<String> errors(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.rule().severity() == Severity.ERROR)
                .map(finding -> finding.rule().name())
                .toList();
    }

    /** What mends one fault may show the next, but it does not go round in circles. */
    private void comesToAnEnd(Diagnosis first) throws Exception {
        Diagnosis next = first;
        for (int round = 0; round < MOST_ROUNDS && !next.findings().isEmpty(); round++) {
            mend(next);
            next = diagnosis();
        }
        Diagnosis last = next;
        assertThat(last.findings()).as(() -> String.join("\n", last.lines())).isEmpty();
    }

    private void mend(Diagnosis diagnosis) throws Exception {
        TestAdmin admin = new TestAdmin(site);
        for (Finding finding : diagnosis.findings()) {
            for (Change change : finding.mend()) {
                admin.apply(change);
            }
        }
    }

    /** A long name is not cut. */
    private static boolean fits(String line) {
        return line.length() <= Lines.WIDTH
                || !line.strip().replaceFirst("^<value>|^\"", "").contains(" ");
    }

    @Test
    void everyRuleHasAFault() {
        TreeSet<String> rules = new TreeSet<>();
        AllChecks.LIST.forEach(check -> check.rules().forEach(rule -> assertThat(rules.add(rule.name()))
                .as("%s is one rule", rule.name())
                .isTrue()));
        TreeSet<String> tested = new TreeSet<>();
        Faults.all().forEach(fault -> tested.add(fault.rule()));

        assertThat(tested).isEqualTo(rules);
    }

    @Test
    void aSiteInGoodOrderHasNothingAndEverythingWasChecked() throws Exception {
        site.docker();
        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.unchecked()).isEmpty();
        assertThat(diagnosis.needless()).isEmpty();
        assertThat(diagnosis.exitStatus()).isZero();
        assertThat(diagnosis.checked()).hasSameSizeAs(AllChecks.LIST);
        assertThat(diagnosis.lines())
                .contains("nothing found")
                .anyMatch(line -> line.startsWith("checked: class names, plugin jar, "))
                .anyMatch(line -> line.startsWith("seen: processes would be paused by the pauser cgroup"));
    }

    @Test
    void neitherHasOneWithDockerOrWithSeveralResourceManagers() throws Exception {
        site.docker().highlyAvailable();

        assertThat(diagnosis().findings()).isEmpty();
    }

    @Test
    void whatCouldNotBeCheckedIsSaidWithItsReason() throws Exception {
        site.isNode = false;
        site.knowsClassPath = false;
        site.knowsSpark = false;
        site.cluster.answers = false;
        site.files.remove(TestSite.MAPRED);
        site.docker().unset(TestSite.YARN, "yarn.nodemanager.aux-services.spark_shuffle.classpath");

        Diagnosis diagnosis = diagnosis();
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.unchecked())
                .extracting(Notes.Unchecked::what, Notes.Unchecked::why)
                .containsExactlyInAnyOrder(
                        tuple("plugin jar", "no --class-path"),
                        tuple("the daemons' Java", "no ResourceManager answers"),
                        tuple("Hadoop's version", "no ResourceManager answers, and no --class-path"),
                        tuple("memory and processors of a node", "--no-node"),
                        tuple("which pauser works", "--no-node"),
                        tuple("Docker engine", "--no-node"),
                        tuple("Spark's timeouts and shuffle", "no --spark-defaults"),
                        tuple("the class path of spark_shuffle", "no --class-path"),
                        tuple("MapReduce's settings", "there is no mapred-site.xml in the folder"),
                        tuple("running cluster", "http://rm.example.org:8088: nobody listens there"));
    }

    @Test
    void whatThereIsNothingToLookAtIsSaidWithItsReason() throws Exception {
        site.unset(
                TestSite.YARN,
                "yarn.nodemanager.container-executor.class",
                "yarn.nodemanager.containers-launcher.class");

        Diagnosis diagnosis = diagnosis();
        assertThat(diagnosis.needless())
                .containsOnlyKeys(
                        "no NodeManager of this configuration has Kairos",
                        "no executor that pauses Docker containers is set");
        assertThat(diagnosis.needless().get("no executor that pauses Docker containers is set"))
                .containsExactly("Docker engine", "Docker images");
        assertThat(diagnosis.checked()).contains("ResourceManager restarts").doesNotContain("memory", "Docker engine");
        assertThat(diagnosis.lines())
                .contains(
                        "not needed: Docker engine, Docker images: no executor that pauses Docker",
                        "    containers is set");
    }

    @Test
    void aFindingIsWhatWhyAndMend() throws Exception {
        site.yarn("yarn.nodemanager.kairos.quantun-ms", "7000");

        assertThat(diagnosis().findings().get(0).lines())
                .containsExactly(
                        "warning key-unknown: yarn-site.xml:19: yarn.nodemanager.kairos.quantun-ms is",
                        "    '7000'; did you mean yarn.nodemanager.kairos.quantum-ms?",
                        "  why: Nobody reads it: what it was to set is not in force, and nothing says so.",
                        "  mend: take out of yarn-site.xml:",
                        "    yarn.nodemanager.kairos.quantun-ms",
                        "  and: in yarn-site.xml:",
                        "    <property><name>yarn.nodemanager.kairos.quantum-ms</name>",
                        "    <value>7000</value></property>");
    }

    @Test
    void theWorstComesFirst() throws Exception {
        site.yarn("yarn.resourcemanager.kairos.seed", "5")
                .yarn("yarn.resourcemanager.kairos.queue-bound", "0")
                .unset(TestSite.YARN, "yarn.nodemanager.address");

        assertThat(names(diagnosis())).containsExactly("node-port-not-fixed", "queue-bound-zero", "key-without-effect");
        assertThat(diagnosis().lines()).contains("1 error, 1 warning, 1 advice");
    }

    /** After a change of a rule run this test with -Dkairos.write-docs=true, which writes the file anew. */
    @Test
    void theReferenceIsWhatTheCodeSays() throws IOException {
        String reference = FindingReference.markdown(AllChecks.LIST);
        if (Boolean.getBoolean("kairos.write-docs")) {
            Files.writeString(REFERENCE, reference);
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(reference);
    }
}
