package io.nationtech.harmony.mesh;

/**
 * Compare-and-set over many keys of a bucket at once: for one who decides on the strength of all that is told to a node, and
 * writes one of it.
 *
 * <p>The check holds among those who write under the same pattern. In a mesh of several servers it does not see a write
 * under another pattern, or a plain one, that is on its way at the same moment: whoever writes below a pattern writes under it.
 */
@FunctionalInterface
public interface ConditionalWrites {

    /**
     * Writes unless something that matches the condition's pattern has changed.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked, or refuses
     */
    Written put(Key key, Payload value, UnlessChanged condition);
}
