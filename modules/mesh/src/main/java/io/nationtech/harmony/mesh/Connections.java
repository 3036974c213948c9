package io.nationtech.harmony.mesh;

import java.time.Instant;
import java.util.Set;

/**
 * Who is connected to the mesh, as the mesh itself sees it: nobody can say it of another.
 *
 * @param names what the mesh calls each, see {@link Mesh#ownName}
 * @param asOf by the mesh's clock
 */
public record Connections(Set<String> names, Instant asOf) {
    public Connections {
        names = Set.copyOf(names);
    }
}
