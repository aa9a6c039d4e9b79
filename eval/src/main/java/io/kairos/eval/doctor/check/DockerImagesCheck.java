/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Command;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.yarn.conf.DockerKeys;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The images of a site: which may run, whether the node has them, and whether they can be paused. */
final class DockerImagesCheck implements Check {
    static final Rule NONE = Rule.error(
            "docker-images-none",
            "The list of allowed images is empty.",
            "Every application that asks for Docker is refused.",
            "The property with the images.");
    static final Rule DEFAULT = Rule.error(
            "docker-default-image-refused",
            "The default image is not among the allowed ones.",
            "Every application that names no image is refused.",
            "The property with the image added.");
    static final Rule NETWORK = Rule.error(
            "docker-default-network-refused",
            "The default network is not among the allowed ones.",
            "The NodeManager does not start.",
            "The property with the network added.");
    static final Rule ABSENT = Rule.warning(
            "docker-image-missing",
            "An allowed image is not on this node.",
            "Images are never pulled when a task starts: tasks that ask for it fail here.",
            "The command that fetches it.");
    static final Rule HEALTH = Rule.warning(
            "docker-health-check",
            "An allowed image has a health check, and YARN's own runtime starts the containers.",
            "The check runs in the container: while that is paused it hangs, so the engine takes the container for unhealthy,"
                    + " and a check that meets the pause can block the engine. KairosDockerContainerExecutor switches checks off.",
            "The command that makes the image anew without it.");

    @Override
    public String subject() {
        return "Docker images";
    }

    @Override
    public List<Rule> rules() {
        return List.of(NONE, DEFAULT, NETWORK, ABSENT, HEALTH);
    }

    @Override
    public String needless(Patient patient) {
        return Scope.ofDocker(patient);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        SiteFiles files = patient.files();
        NodePlan plan = patient.plan();
        List<String> allowed = plan.startsContainers() ? list(plan.read(DockerKeys.ALLOWED_IMAGES)) : List.of("*");
        if (plan.startsContainers()) {
            examineRules(files, allowed, notes);
        }
        patient.host()
                .value()
                .flatMap(host -> host.engine().value())
                .ifPresent(engine -> examine(engine, plan, allowed, notes));
    }

    private static void examineRules(SiteFiles files, List<String> allowed, Notes notes) {
        String key = DockerKeys.ALLOWED_IMAGES.name();
        String image = files.daemons().getTrimmed(YarnConfiguration.NM_DOCKER_IMAGE_NAME, "");
        if (allowed.isEmpty()) {
            notes.found(NONE, files.told(key), Mend.to(files, key, image.isEmpty() ? "*" : image));
        } else if (!image.isEmpty() && !isAllowed(image, allowed)) {
            notes.found(
                    DEFAULT,
                    files.told(YarnConfiguration.NM_DOCKER_IMAGE_NAME) + ", " + key + " is '"
                            + String.join(",", allowed) + "'",
                    Mend.to(files, key, String.join(",", allowed) + "," + image));
        }
        String networksKey = YarnConfiguration.NM_DOCKER_ALLOWED_CONTAINER_NETWORKS;
        List<String> networks = List.of(files.daemons().getTrimmedStrings(networksKey));
        String network = files.daemons().getTrimmed(YarnConfiguration.NM_DOCKER_DEFAULT_CONTAINER_NETWORK, "");
        if (!networks.contains(network)) {
            String more = networks.isEmpty() ? network : String.join(",", networks) + "," + network;
            notes.found(
                    NETWORK,
                    files.told(YarnConfiguration.NM_DOCKER_DEFAULT_CONTAINER_NETWORK) + ", " + networksKey + " is '"
                            + String.join(",", networks) + "'",
                    Mend.to(files, networksKey, more));
        }
    }

    private static void examine(Host.Engine engine, NodePlan plan, List<String> allowed, Notes notes) {
        for (String image : allowed) {
            if (!image.contains("*") && !engine.images().contains(tagged(image))) {
                notes.found(ABSENT, "the engine has no image " + image, new Command("docker pull " + image));
            }
        }
        if (plan.startsContainers()) {
            return;
        }
        for (String image : engine.withHealthCheck()) {
            notes.found(
                    HEALTH,
                    "image " + image + " has a health check",
                    new Command("printf 'FROM " + image + "\\nHEALTHCHECK NONE\\n' | docker build -t " + image + " -"));
        }
    }

    private static String tagged(String image) {
        return image.substring(image.lastIndexOf('/') + 1).contains(":") ? image : image + ":latest";
    }

    private static boolean isAllowed(String image, List<String> allowed) {
        return allowed.stream()
                .anyMatch(pattern -> image.matches(Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))));
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
