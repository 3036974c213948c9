package io.nationtech.harmony.docker.socket;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/** The kind of {@link DockerEndpoint}. */
public final class DockerEndpointKind implements ResourceKind<DockerEndpoint> {
    static final KindName NAME = KindName.of("docker-endpoint");

    /** For {@link java.util.ServiceLoader}. */
    public DockerEndpointKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<DockerEndpoint> type() {
        return DockerEndpoint.class;
    }

    @Override
    public Class<? extends Capability> needs() {
        return DockerApi.class;
    }

    @Override
    public Set<KindName> before() {
        return Set.of(KindName.of("container"));
    }
}
