package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node says of itself.
 *
 * @param address where others reach what the node publishes
 * @param run which run of the agent says it; empty when that is too old to say
 */
public record NodeInfo(
        NodeId id, Location location, IpAddress address, Machine machine, Agent agent, Optional<AgentRun> run) {

    /** What an agent says that does not tell its runs apart. */
    public NodeInfo(NodeId id, Location location, IpAddress address, Machine machine, Agent agent) {
        this(id, location, address, machine, agent, Optional.empty());
    }

    /**
     * What it runs on.
     *
     * @param cpus logical processors, at least 1
     * @param operatingSystem for people, as in {@code Debian GNU/Linux 13 (trixie)}
     * @param shares folders of the household that containers can have there, by name; at most 64
     * @param system empty where the operating system is not one of ours, which is exchanged as a whole
     */
    public record Machine(
            Architecture architecture,
            int cpus,
            Memory memory,
            String operatingSystem,
            Set<ShareName> shares,
            Optional<NodeSystem> system) {
        private static final int MOST_SHARES = 64;

        /** One that has no shares. */
        public Machine(Architecture architecture, int cpus, Memory memory, String operatingSystem) {
            this(architecture, cpus, memory, operatingSystem, Set.of(), Optional.empty());
        }

        public Machine {
            shares = Set.copyOf(shares);
            if (shares.size() > MOST_SHARES) {
                throw new InvalidValueException(
                        "%d shares of a machine are more than %d".formatted(shares.size(), MOST_SHARES));
            }
            if (cpus < 1) {
                throw new InvalidValueException("a machine with %d processors cannot be".formatted(cpus));
            }
            operatingSystem = printable(operatingSystem);
        }

        /** The same with just these shares. */
        public Machine sharing(Set<ShareName> all) {
            return new Machine(architecture, cpus, memory, operatingSystem, all, system);
        }

        /** The same, with an operating system that is exchanged as a whole. */
        public Machine running(Optional<NodeSystem> exchanged) {
            return new Machine(architecture, cpus, memory, operatingSystem, shares, exchanged);
        }
    }

    /**
     * The program that speaks for it.
     *
     * @param capabilities what deployments may require of the node
     * @param kinds the kinds of resources that the node can have, each with the newest version of its form that the agent knows
     * @param key for which secrets are sealed to it; empty when it can open none
     * @param desiredState what it can be told beside resources
     */
    public record Agent(
            String version,
            Set<CapabilityName> capabilities,
            Map<KindName, Integer> kinds,
            Optional<NodeKey> key,
            DesiredStateForm desiredState) {
        public Agent {
            version = printable(version);
            capabilities = Set.copyOf(capabilities);
            kinds = Map.copyOf(kinds);
            kinds.forEach((kind, newest) -> {
                if (newest < 1) {
                    throw new InvalidValueException(
                            "an agent cannot know version %d of kind '%s'".formatted(newest, kind));
                }
            });
        }

        /** One of this version, that can open no secrets and does not say what kinds of resources it can have. */
        public static Agent of(String version, Set<CapabilityName> capabilities) {
            return new Agent(version, capabilities, Map.of(), Optional.empty(), DesiredStateForm.WITH_ROLLBACK);
        }
    }

    /** The same, able to open what is sealed for this key, or nothing when there is none. */
    public NodeInfo with(Optional<NodeKey> sealedFor) {
        return with(new Agent(agent.version, agent.capabilities, agent.kinds, sealedFor, agent.desiredState));
    }

    /** The same, with an agent that knows just these kinds, each up to a version of its form. */
    public NodeInfo knowing(Map<KindName, Integer> versions) {
        return with(new Agent(agent.version, agent.capabilities, versions, agent.key, agent.desiredState));
    }

    /** The same, on a machine with that operating system, where it is one that is exchanged as a whole. */
    public NodeInfo running(Optional<NodeSystem> system) {
        return new NodeInfo(id, location, address, machine.running(system), agent, run);
    }

    private NodeInfo with(Agent other) {
        return new NodeInfo(id, location, address, machine, other, run);
    }

    /** The same, said by this run of the agent. */
    public NodeInfo by(AgentRun saying) {
        return new NodeInfo(id, location, address, machine, agent, Optional.of(saying));
    }

    /** Whether both say that they are on the same machine. */
    public boolean isOnMachineOf(NodeInfo other) {
        return run.flatMap(own -> other.run.filter(own::isOnMachineOf)).isPresent();
    }

    /** Its machine for people, as in {@code Raspberry Pi 5 at 192.0.2.7}. */
    public String where() {
        return "%s at %s".formatted(run.map(AgentRun::model).orElseGet(machine::operatingSystem), address);
    }

    /** Other machines' text, which ends in terminals. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
