package io.nationtech.harmony.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What must hold between the parts of a deployment. One class, without state; {@code docs/rules/README.md} says how to add one. */
sealed interface Rule
        permits AddressGivenTwice,
                AddressOfNoMachine,
                AffinityToNothing,
                AliasInCircle,
                AliasOfNothing,
                CapabilityMissing,
                CapabilityWithoutMachine,
                ContainerTwice,
                DeviceTakenTwice,
                FixedAddressInRange,
                HostPortTwice,
                ImageFloats,
                ImageVersionsDiffer,
                MemoryBeyondMachine,
                MemoryBeyondTopology,
                MoreReplicasThanMachines,
                NamesAlike,
                NeedNoMachineOffers,
                PortOfTheNode,
                QuorumTogether,
                RecordOfOtherZone,
                RecordTwice,
                RouteToNothing,
                SubnetsOverlap,
                TogetherAndApart,
                ZoneOfMulticastDns {

    /** All of them: the list above is the only one, so that a rule that is not in it does not compile. */
    static List<Rule> all() {
        return Stream.of(Rule.class.getPermittedSubclasses()).map(Rule::make).toList();
    }

    private static Rule make(Class<?> rule) {
        try {
            return (Rule) rule.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s needs a constructor without parameters".formatted(rule), e);
        }
    }

    /** The class' name as people write it in {@code @Allow}: {@code HostPortTwice} is {@code host-port-twice}. */
    default String id() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** What does not hold. Looks at each part a bounded number of times, so that its time grows with the graph. */
    Stream<Finding> findings(Graph graph);
}
