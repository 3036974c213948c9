/** What Office has that can be had twice. Written by the Harmony checker. */
@io.nationtech.harmony.domain.check.ConstantChecked
interface OfficeReplicated extends io.nationtech.harmony.domain.capability.ContainerRuntime, io.nationtech.harmony.domain.capability.DnsServer {
    /** A topology whose scores run at both. */
    static <P extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer, S extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer> io.nationtech.harmony.domain.Replicated<OfficeReplicated> of(
            io.nationtech.harmony.domain.value.TopologyName name,
            io.nationtech.harmony.domain.Topology<P> first,
            io.nationtech.harmony.domain.Topology<S> second) {
        return new io.nationtech.harmony.domain.Replicated<>(name, OfficeReplicated.class, first, second);
    }
}
