package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.PullLogin;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An image of a deployment, with the containers that run it. */
record UsedImage(ImageReference image, List<Container> containers) {

    /** All of a deployment, as far as they are known without its nodes, in the order of their names. */
    static List<UsedImage> of(Deployment<?> deployment) {
        SortedMap<String, List<Container>> found = deployment.scores().stream()
                .flatMap(score -> deployment.tasks(score).stream())
                .flatMap(task -> Container.among(task.resources().stream()))
                .collect(Collectors.groupingBy(
                        container -> container.image().value(), TreeMap::new, Collectors.toList()));
        return found.values().stream()
                .map(containers -> new UsedImage(containers.getFirst().image(), containers))
                .toList();
    }

    /** The containers' names, each once. */
    List<ContainerName> names() {
        return containers.stream().map(Container::name).distinct().toList();
    }

    /** Whether it changes with its tag, for at least one of them. */
    boolean followsItsTag() {
        return containers.stream()
                .anyMatch(container -> container.pull().updates().isPresent());
    }

    /** Who its nodes are to its registry. */
    Optional<PullLogin> login() {
        return containers.stream()
                .flatMap(container -> container.pull().login().stream())
                .findFirst();
    }
}
