package io.nationtech.harmony.seed;

import java.util.List;
import java.util.Optional;

/**
 * Where a node's mesh is, and how they know each other.
 *
 * @param servers any will do; at least one
 * @param authority by whose certificates the servers are known; empty for those that the platform trusts
 * @param login what lets the node in; empty in a mesh without logins
 */
public record Mesh(List<MeshServer> servers, Optional<Certificates> authority, Optional<NodeLogin> login) {
    public Mesh {
        servers = List.copyOf(servers);
    }

    Mesh withoutLogin() {
        return new Mesh(servers, authority, Optional.empty());
    }
}
