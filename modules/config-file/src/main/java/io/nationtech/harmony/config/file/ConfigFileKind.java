package io.nationtech.harmony.config.file;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/** The kind of {@link ConfigFile}. */
public final class ConfigFileKind implements ResourceKind<ConfigFile> {
    static final KindName NAME = KindName.of("config-file");

    /** For {@link java.util.ServiceLoader}. */
    public ConfigFileKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<ConfigFile> type() {
        return ConfigFile.class;
    }

    /** A file is of use in containers only. */
    @Override
    public Class<? extends Capability> needs() {
        return ContainerRuntime.class;
    }

    @Override
    public Set<KindName> before() {
        return Set.of(KindName.of("container"));
    }
}
