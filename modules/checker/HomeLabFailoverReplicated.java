/** What HomeLab has that can be failed over and can be had twice. Written by the Harmony checker. */
@io.nationtech.harmony.domain.check.ConstantChecked
interface HomeLabFailoverReplicated extends io.nationtech.harmony.domain.capability.ContainerRuntime, io.nationtech.harmony.domain.capability.DnsServer {
    /** A topology whose scores run at the primary, or at the standby when the primary was silent for too long. */
    static <P extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer, S extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer> io.nationtech.harmony.domain.Failover<HomeLabFailoverReplicated> failover(
            io.nationtech.harmony.domain.value.TopologyName name,
            io.nationtech.harmony.domain.Topology<P> primary,
            io.nationtech.harmony.domain.Topology<S> standby,
            io.nationtech.harmony.domain.TakeOver takeOver) {
        return new io.nationtech.harmony.domain.Failover<>(name, HomeLabFailoverReplicated.class, primary, standby, takeOver);
    }

    /** A topology whose scores run at both. */
    static <P extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer, S extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer> io.nationtech.harmony.domain.Replicated<HomeLabFailoverReplicated> replicated(
            io.nationtech.harmony.domain.value.TopologyName name,
            io.nationtech.harmony.domain.Topology<P> first,
            io.nationtech.harmony.domain.Topology<S> second) {
        return new io.nationtech.harmony.domain.Replicated<>(name, HomeLabFailoverReplicated.class, first, second);
    }
}
