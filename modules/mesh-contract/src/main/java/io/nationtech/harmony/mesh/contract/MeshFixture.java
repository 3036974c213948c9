package io.nationtech.harmony.mesh.contract;

import io.nationtech.harmony.mesh.Mesh;

/** A mesh under test, and the ways in which it can be disturbed. */
public interface MeshFixture extends AutoCloseable {

    /** Opens another connection. */
    Mesh connect();

    /** Cuts one connection; the mesh goes on for the others. */
    void cut(Mesh mesh);

    /** Lets a cut connection come back. */
    void restore(Mesh mesh);

    @Override
    void close();
}
