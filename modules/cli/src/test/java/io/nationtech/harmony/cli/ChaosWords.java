package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.ChaosEvent.Word;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.WaveSize;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.runtime.memory.Images;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What nodes of a fleet under chaos are told: an image whose name says which version it is, and for a lamp to which node it belongs. A lamp is told to
 * each node by itself, a shop is rolled out over some of them.
 */
final class ChaosWords {
    static final DeploymentName LAMP = DeploymentName.of("lamp");
    static final DeploymentName SHOP = DeploymentName.of("shop");
    static final int REPLICAS = 4;

    /** More than a run gets to. */
    private static final int MOST = 3_000;

    private static final String REGISTRY = "registry.example.org/";
    private static final Pattern IMAGE = Pattern.compile(REGISTRY + "([a-z]+)(?:-(n\\d+))?:(\\d+)");

    private ChaosWords() {}

    /** All that a node may be told, and others, so that nothing but the node keeps it from running what is another's. */
    static void serve(Images images) {
        for (int version = 1; version <= MOST; version++) {
            images.serve(shopImage(version), "Welcome");
            for (String node : ChaosMember.NODES) {
                images.serve(lampImage(node, version), "Welcome");
            }
        }
    }

    private static ImageReference lampImage(String node, int version) {
        return ImageReference.of("%slamp-%s:%d".formatted(REGISTRY, node, version));
    }

    private static ImageReference shopImage(int version) {
        return ImageReference.of("%sshop:%d".formatted(REGISTRY, version));
    }

    static DesiredState lamp(Word word) {
        return new DesiredState(
                NodeId.of(word.node()),
                LAMP,
                List.of(Container.of(
                        ContainerName.of("web"), lampImage(word.node(), word.version()), Memory.mebibytes(64))));
    }

    static Deployment<ContainerRuntime> shop(int version) {
        PrivateService web = ContainerService.named(ServiceName.of("web"))
                .image(shopImage(version))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(64))
                .replicas(Replicas.of(REPLICAS));
        return Deployment.named(SHOP)
                .on(Topology.of(TopologyName.of("home"), ContainerRuntime.class, Site.of("home")))
                .runs(web)
                .provenBy(HealthSmokeTest.of(web).steadyFor(Duration.ofMillis(500)))
                .rollout(Rollout.DEFAULT.waves(WaveSize.nodes(2)).deadline(Duration.ofSeconds(20)));
    }

    /** What the runtime of a node says that it began to run. */
    static Optional<Word> started(String node, String line) {
        return line.startsWith("started ") ? found(node, line) : Optional.empty();
    }

    /** What was read of a node's word; none where nothing is that can be followed. */
    static Word read(Word about, Optional<DesiredStateUpdate> now) {
        return now.stream()
                .flatMap(update -> update.desired() instanceof Decoded.Value<DesiredState>(DesiredState state)
                        ? Stream.of(state.resources().toString())
                        : Stream.of())
                .flatMap(text -> found(about.node(), text).stream())
                .findFirst()
                .orElseGet(about::none);
    }

    /** @param node to which belongs what does not say so itself */
    private static Optional<Word> found(String node, String text) {
        Matcher image = IMAGE.matcher(text);
        return image.find()
                ? Optional.of(new Word(
                        image.group(1),
                        Optional.ofNullable(image.group(2)).orElse(node),
                        Integer.parseInt(image.group(3))))
                : Optional.empty();
    }
}
