package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;

/**
 * Something more that a score has, whatever the score is: {@code web.with(Secrets.of(…))}. A record of plain data that changes what
 * the score comes to. Anyone may write one.
 *
 * @param <C> what it needs of the topology, beside what the score needs
 */
public interface Extension<C extends Capability> {

    /**
     * What the tasks of a score become. Pure: the same tasks and inventory give the same answer.
     *
     * @param base the score that is extended
     * @param tasks what it comes to, at least one
     * @throws InvalidValueException when this score cannot be extended so; also asked once when the extended score is made, without
     *     nodes
     */
    Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory);

    /** What is kept on the node's disk for it. */
    default List<Volume> volumes() {
        return List.of();
    }

    /** The secrets whose versions it needs to know. */
    default List<SecretRef> secrets() {
        return List.of();
    }
}
