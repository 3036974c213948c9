package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which deployments a node is told of. A server can permit that a node reads keys by name, and not that it lists those of its own alone; so their
 * names stand here, before the first word does: a name of which nothing is there yet does no harm, and a word without a name would not be read.
 */
record NodeDeployments(Mesh mesh) {
    private static final String SEPARATOR = " ";
    /** Beyond what people and agents who deploy to one node at once can need. */
    private static final int ATTEMPTS = 100;

    Set<DeploymentName> of(NodeId node) {
        return index().get(key(node)).map(NodeDeployments::names).orElse(Set.of());
    }

    void add(NodeId node, DeploymentName deployment) {
        change(node, names -> with(names, deployment));
    }

    void remove(NodeId node, DeploymentName deployment) {
        change(node, names -> without(names, deployment));
    }

    private void change(NodeId node, UnaryOperator<Set<DeploymentName>> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = index().get(key(node));
            Set<DeploymentName> before = entry.map(NodeDeployments::names).orElseGet(() -> told(node));
            Set<DeploymentName> after = change.apply(before);
            boolean isSo = entry.isPresent() && after.equals(before);
            if (isSo || write(node, after, entry) instanceof Written.At) {
                return;
            }
        }
        throw new MeshUnavailableException(new Cause(
                "others change at each moment what node '%s' is told of".formatted(node),
                "mesh, bucket %s, key %s".formatted(FleetBucket.NODE_DEPLOYMENTS.bucket(), key(node)),
                "try again; `harmony history` shows who deploys"));
    }

    private Written write(NodeId node, Set<DeploymentName> names, Optional<Entry> before) {
        Payload text = Payload.of(names.stream().map(DeploymentName::value).collect(Collectors.joining(SEPARATOR)));
        return before.map(entry -> index().update(key(node), text, entry.revision()))
                .orElseGet(() -> index().create(key(node), text));
    }

    /** What a node was told before its names were kept. */
    private Set<DeploymentName> told(NodeId node) {
        Set<DeploymentName> told = new TreeSet<>();
        mesh.bucket(FleetBucket.DESIRED_STATE.bucket())
                .read(KeyPattern.exactly(key(node)).thenAny(), change -> {
                    if (change instanceof Bucket.Change.Put(Entry entry)) {
                        FleetKeys.deployment(entry.key()).ifPresent(told::add);
                    }
                });
        return told;
    }

    private static Set<DeploymentName> names(Entry entry) {
        return Arrays.stream(entry.value().text().split(SEPARATOR))
                .flatMap(NodeDeployments::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<DeploymentName> name(String text) {
        try {
            return Stream.of(DeploymentName.of(text));
        } catch (InvalidValueException e) {
            return Stream.empty();
        }
    }

    private static Set<DeploymentName> with(Set<DeploymentName> names, DeploymentName one) {
        Set<DeploymentName> more = new TreeSet<>(names);
        more.add(one);
        return more;
    }

    private static Set<DeploymentName> without(Set<DeploymentName> names, DeploymentName one) {
        Set<DeploymentName> fewer = new TreeSet<>(names);
        fewer.remove(one);
        return fewer;
    }

    private static Key key(NodeId node) {
        return Key.of(node.value());
    }

    private Bucket index() {
        return mesh.bucket(FleetBucket.NODE_DEPLOYMENTS.bucket());
    }
}
