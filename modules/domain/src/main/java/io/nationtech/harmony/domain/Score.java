package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.score.Extended;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A declared desired state. A score is a record of plain data; its type parameter lists every capability that it needs, so
 * that deploying it onto a topology that lacks one does not compile.
 *
 * @param <C> the capabilities needed, as an intersection where there are several
 */
public interface Score<C extends Capability> {

    /** Unique in its deployment. */
    ServiceName name();

    /**
     * The names that it had before, the newest first: what nodes run of the deployment under one of these is taken for its own, and
     * stays on its node.
     */
    default List<ServiceName> previously() {
        return List.of();
    }

    /** What it keeps on the disk of its node; names are unique in its deployment. */
    default List<Volume> volumes() {
        return List.of();
    }

    /** The secrets whose versions must be known before {@link #expand} can say anything; their values are not its affair. */
    default List<SecretRef> secrets() {
        return List.of();
    }

    /** The scores that it is made of, for rules that ask for scores of a kind. */
    default List<Score<?>> madeOf() {
        return List.of();
    }

    /** The scores that run together as this one, each under a name of its own, which smoke tests may ask. */
    default List<? extends Score<?>> members() {
        return List.of();
    }

    /** It and its members: all that has a name in its deployment. */
    default List<Score<?>> withMembers() {
        return Stream.<Score<?>>concat(Stream.of(this), members().stream()).toList();
    }

    /** The services that it is told the names of, waits for or goes through, which must run together with it; they start before it. */
    default Set<ServiceName> reaches() {
        return Set.of();
    }

    /**
     * The same score with something more, as in {@code web.with(Volumes.of(…)).with(Secrets.of(…))}. It needs what both need.
     *
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when they do not go together
     */
    default <D extends C> Extended<D> with(Extension<? super D> more) {
        return new Extended<>(this, more);
    }

    /**
     * Says what runs; where is decided elsewhere, for all scores together. Pure: the same inventory gives the same answer.
     *
     * @param deployment that the score belongs to
     * @param inventory what is known of the part of the topology that it will run on; rules ask with no nodes, before any is known
     */
    Expansion expand(DeploymentName deployment, Inventory inventory);
}
