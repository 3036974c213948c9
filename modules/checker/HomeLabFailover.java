/** What HomeLab has that can be failed over. Written by the Harmony checker. */
@io.nationtech.harmony.domain.check.ConstantChecked
interface HomeLabFailover extends io.nationtech.harmony.domain.capability.ContainerRuntime, io.nationtech.harmony.domain.capability.DnsServer, io.nationtech.harmony.domain.capability.LoadBalancer {
    /** A topology whose scores run at the primary, or at the standby when the primary was silent for too long. */
    static <P extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer & io.nationtech.harmony.domain.capability.LoadBalancer, S extends io.nationtech.harmony.domain.capability.ContainerRuntime & io.nationtech.harmony.domain.capability.DnsServer & io.nationtech.harmony.domain.capability.LoadBalancer> io.nationtech.harmony.domain.Failover<HomeLabFailover> of(
            io.nationtech.harmony.domain.value.TopologyName name,
            io.nationtech.harmony.domain.Topology<P> primary,
            io.nationtech.harmony.domain.Topology<S> standby,
            io.nationtech.harmony.domain.TakeOver takeOver) {
        return new io.nationtech.harmony.domain.Failover<>(name, HomeLabFailover.class, primary, standby, takeOver);
    }
}
