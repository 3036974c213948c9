/** What HomeLab has that can be had twice. Written by the Harmony checker. */
@io.nationtech.harmony.domain.check.ConstantChecked
interface HomeLabReplicated extends io.nationtech.harmony.domain.capability.ContainerRuntime, io.nationtech.harmony.domain.capability.DnsServer, io.nationtech.harmony.domain.capability.SecretStore {
    /** A topology whose scores run at both. */
    static <P extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer & io.nationtech.harmony.domain.capability.SecretStore, S extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer & io.nationtech.harmony.domain.capability.SecretStore> io.nationtech.harmony.domain.Replicated<HomeLabReplicated> of(
            io.nationtech.harmony.domain.value.TopologyName name,
            io.nationtech.harmony.domain.Topology<P> first,
            io.nationtech.harmony.domain.Topology<S> second) {
        return new io.nationtech.harmony.domain.Replicated<>(name, HomeLabReplicated.class, first, second);
    }
}
