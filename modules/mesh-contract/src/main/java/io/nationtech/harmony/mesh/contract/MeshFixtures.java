package io.nationtech.harmony.mesh.contract;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Gives each test of a contract a mesh to test; an adapter registers it on the class in which its contracts are nested. */
public final class MeshFixtures extends TypeBasedParameterResolver<MeshFixture> {
    private final Supplier<MeshFixture> fixtures;

    /**
     * @param fixtures a new one each time; the test closes it
     */
    public MeshFixtures(Supplier<MeshFixture> fixtures) {
        this.fixtures = fixtures;
    }

    @Override
    public MeshFixture resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return fixtures.get();
    }
}
