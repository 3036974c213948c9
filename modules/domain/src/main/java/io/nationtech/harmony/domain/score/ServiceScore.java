package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Execution;
import io.nationtech.harmony.domain.node.Container.Network;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.NameResolution;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProcessUser;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.Scratch;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.node.StopSignal;
import io.nationtech.harmony.domain.node.Sysctl;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.PlacementTerms;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SysctlValue;
import io.nationtech.harmony.domain.value.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What can be said of everything in a container, services and jobs. Each method gives another one, as these are values.
 *
 * @param <S> the kind of service
 */
public sealed interface ServiceScore<S extends ServiceScore<S>> extends Score<ContainerRuntime>
        permits LastingService, Job {

    /** All that is said so far. */
    ServiceSpec spec();

    /** The same kind of service, of which that is said. */
    S with(ServiceSpec spec);

    @Override
    default ServiceName name() {
        return spec().name();
    }

    @Override
    default List<ServiceName> previously() {
        return spec().previously();
    }

    /** What each chosen node runs, but for the devices that it gets there. */
    default Container container() {
        return spec().container();
    }

    /** What a node must have to run a replica. */
    default PlacementTerms terms() {
        return spec().terms();
    }

    /** The same service with another limit; a node keeps that much, unless {@link #memoryRequest} said otherwise. */
    default S memoryLimit(Memory limit) {
        return with(spec().memoryLimit(limit));
    }

    /** The same service, whose replicas are started with one environment variable more, or with another value of it. */
    default S env(EnvName variable, EnvText value) {
        return with(spec().with(container().env(variable, value)));
    }

    /**
     * The same service, which is told by an environment variable where another one is. The two must run {@link Together}; it starts after
     * the other.
     */
    default S env(EnvName variable, HostText where) {
        return with(spec().reaching(where.reached()).with(container().env(variable, EnvText.of(where.text()))));
    }

    /**
     * The same service, which starts once another one is healthy. The two must run {@link Together}. It waits before its first start and when it is
     * changed, not when it is started again; that its node starts is a start again.
     */
    default S after(Healthy other) {
        return after(other.service(), StartCondition.Reached.HEALTHY);
    }

    /**
     * The same, which starts once a job has ended well, and is left as it is when the job fails: a changed one takes its place after the job. The two
     * must run {@link Together}.
     */
    default S after(Completed job) {
        return after(job.job(), StartCondition.Reached.COMPLETED);
    }

    private S after(ServiceName other, StartCondition.Reached reached) {
        StartCondition condition = new StartCondition(ContainerName.of(other.value()), reached);
        return with(spec().reaching(Set.of(other))
                .with(container().with(container().execution().after(condition))));
    }

    /**
     * The same service, whose replicas run this in place of their image's program. The image's arguments are left out then, and
     * {@link #args} says others.
     */
    default S entrypoint(Arguments words) {
        return run(program -> program.entrypoint(words));
    }

    /** The same service, whose replicas' program gets these words in place of those that their image says. */
    default S args(Arguments words) {
        return run(program -> program.args(words));
    }

    /** The same service, whose replicas' program begins in this folder. */
    default S workingFolder(FolderPath folder) {
        return run(program -> program.workingFolder(folder));
    }

    /** The same service, whose replicas run as this user and group, to whom volumes belong that are made for them. */
    default S user(UserId user, GroupId group) {
        return run(program -> program.user(new ProcessUser(user, group)));
    }

    private S run(UnaryOperator<Program> change) {
        Execution execution = container().execution();
        return started(execution.with(change.apply(execution.program())));
    }

    /** The same service, whose replicas' program has that around it. */
    default S option(ProgramOption option) {
        return run(program -> program.with(option));
    }

    /** The same service, whose replicas find this address under that name, without asking a DNS server. */
    default S hostAlias(DnsName alias, IpAddress address) {
        return reached(container().network().with(container().network().names().host(alias, address)));
    }

    /** The same service, whose replicas ask these DNS servers, 3 at most, in place of their node's. */
    default S dnsServers(IpAddress first, IpAddress... others) {
        return reached(container()
                .network()
                .with(container()
                        .network()
                        .names()
                        .servers(Stream.concat(Stream.of(first), Stream.of(others))
                                .toList())));
    }

    /**
     * The same service, whose replicas ask another one for names before all other DNS servers. The two must run {@link Together}; it starts after
     * the other.
     */
    default S asks(LastingService<?> dnsServer) {
        NameResolution names = container()
                .network()
                .names()
                .member(ContainerName.of(dnsServer.name().value()));
        return with(spec().reaching(Set.of(dnsServer.name()))
                .with(container().with(container().network().with(names))));
    }

    /** The same service, with a parameter of the kernel set for its replicas' own network. */
    default S sysctl(Sysctl parameter, SysctlValue value) {
        return reached(container().network().sysctl(parameter, value));
    }

    private S reached(Network other) {
        return with(spec().with(container().with(other)));
    }

    /**
     * The same service, whose replicas have so long to end before they are killed: 1 s to 5 min, in whole seconds. Without this,
     * {@link Stop#USUAL}, or {@link Stop#WITH_DATA} for what keeps data.
     */
    default S stopsWithin(Duration time) {
        return started(
                container().execution().with(container().execution().stop().within(time)));
    }

    /** The same service, whose replicas are told to end by this signal. */
    default S stopSignal(StopSignal signal) {
        return started(
                container().execution().with(container().execution().stop().by(signal)));
    }

    private S started(Execution other) {
        return with(spec().with(container().with(other)));
    }

    /** The same service, whose replicas cannot take more than that of anything but memory; without this, {@link Limits#DEFAULT}. */
    default S limits(Limits others) {
        return with(spec().with(container().with(container().resources().with(others))));
    }

    /**
     * The same service, whose replicas have a folder in memory, empty whenever they start.
     *
     * @throws InvalidValueException when there is something else already
     */
    default S scratch(MountPath at, Memory most) {
        return with(spec().with(container().with(container().storage().mounting(new Scratch(at, most)))));
    }

    /**
     * The same service, whose replicas have a folder or a file of their node: what watches or serves the node itself. For data of the
     * household, {@link #shares}.
     *
     * @throws InvalidValueException when there is something else already, or it holds keys and that is not allowed by
     *     {@link Privilege#NODE_KEYS}
     */
    default S hostPath(HostPath path) {
        return with(spec().with(container().with(container().storage().mounting(path))));
    }

    /** The same service, whose replicas may do one thing more than the least: {@link Privilege}. The reason is shown in plans. */
    default S allows(Privilege privilege, Reason because) {
        return with(spec().with(container().with(container().security().allowing(privilege, because))));
    }

    /** The same service, whose replicas need one more thing of their node. */
    default S needs(Requirement another) {
        return on(terms().needs(another));
    }

    /**
     * The same service, for each replica of which a node keeps so much memory; without this, it keeps the limit. A replica that takes more
     * than that may be ended when its node has no more.
     *
     * @throws InvalidValueException when it is more than the limit
     */
    default S memoryRequest(Memory kept) {
        return on(terms().with(terms().demand().with(kept)));
    }

    /** The same service, for each replica of which a node keeps such a share of its processor; without this, {@link Demand#USUAL_CPU}. */
    default S cpuRequest(CpuShare kept) {
        return on(terms().with(terms().demand().with(kept)));
    }

    /** The same service, whose replicas like one more place. */
    default S likes(Affinity another) {
        return on(terms().likes(another));
    }

    /** The same service, with this policy for replicas whose node is lost; without this, {@link LossPolicy#USUAL}. */
    default S onLoss(LossPolicy policy) {
        return on(terms().onLoss(policy));
    }

    /**
     * The same service, which was renamed: what runs under the old name becomes its own. Each replica stays on its node, with its
     * devices; its container carries the name, so it ends and begins again under the new one, node by node. Once every node is
     * told, this can be dropped. To be called again for each older name.
     *
     * @throws InvalidValueException when that is its name of today, or was said before
     */
    default S previously(ServiceName old) {
        return with(spec().previously(old));
    }

    private S on(PlacementTerms others) {
        return with(spec().with(others));
    }

    /**
     * The same service, whose replicas read secrets from the files {@code /run/secrets/<name>}. Smoke tests and routes name the
     * service without them.
     *
     * @throws InvalidValueException when a secret is named twice
     */
    default <C extends ContainerRuntime & SecretStore> Extended<C> secrets(SecretRef first, SecretRef... others) {
        return with(Secrets.of(first, others));
    }

    /**
     * The same service, whose replicas' process has the value of a secret in its environment; {@code with(SecretEnv.of(…).and(…))} gives
     * it several. For programs that cannot read a file: whatever they start inherits their environment.
     *
     * @throws InvalidValueException when that variable has a value already
     */
    default <C extends ContainerRuntime & SecretStore> Extended<C> secretEnv(EnvName variable, SecretRef secret) {
        return with(SecretEnv.of(variable, secret));
    }

    /**
     * The same service, whose replicas' process has a text in its environment in which secrets stand, as an address with a password.
     *
     * @throws InvalidValueException when that variable has a value already, or no secret is in the text
     */
    default <C extends ContainerRuntime & SecretStore> Extended<C> secretEnv(EnvName variable, SecretText text) {
        return with(SecretEnv.of(variable, text));
    }

    /**
     * The same service, which keeps data on the disk of its node, stays with it, and is there once.
     *
     * @throws InvalidValueException when it has more than one replica, or two volumes have one name or one place
     */
    default <C extends ContainerRuntime & VolumeStore> Extended<C> volumes(Volume first, Volume... others) {
        return with(Volumes.of(first, others));
    }

    /**
     * The same service, whose replicas use folders of the household: {@code MountedShare.readOnly(…)}, {@code MountedShare.writable(…)}. They
     * run only on nodes that have all of them.
     *
     * @throws InvalidValueException when there is something else already at its place, or in it
     */
    default <C extends ContainerRuntime & FolderShares> Extended<C> shares(MountedShare first, MountedShare... others) {
        return with(Shares.of(first, others));
    }

    /**
     * The same service, on every node of its topology that has what it needs, also on those that join later: the next deploy, or whoever
     * operates it, gives it to them.
     *
     * @throws InvalidValueException when its replicas were counted
     */
    default Extended<ContainerRuntime> onEveryNode() {
        return with(new EveryNode());
    }

    @Override
    default Set<ServiceName> reaches() {
        return spec().reaches();
    }

    @Override
    default Expansion expand(DeploymentName deployment, Inventory inventory) {
        ServiceRef service = new ServiceRef(deployment, name());
        PlacementTerms apart = terms().likes(new Affinity.Away(service, Scope.NODE, Strength.required()));
        return new Expansion.Runs(IntStream.range(0, spec().replicas().count())
                .mapToObj(replica -> Task.of(
                        apart.workload(new WorkloadId(service, replica)),
                        container().replica(replica)))
                .toList());
    }
}
