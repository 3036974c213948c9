package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.NodeArgument.ReadId;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which nodes a command is about: those that are named, or those that a selector finds.
 *
 * @param named without a selector
 */
record NodeChoice(List<NodeId> named, Optional<NodeSelector> selector) {
    NodeChoice {
        named = List.copyOf(named);
        if (!named.isEmpty() && selector.isPresent()) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    new Cause(
                            "nodes are named, and found by selector '%s' as well".formatted(selector.get()),
                            "this command",
                            "name them or select them, not both"));
        }
    }

    /** Whether nobody said which. */
    boolean isOpen() {
        return named.isEmpty() && selector.isEmpty();
    }

    /** Whether just one is named. */
    boolean isOne() {
        return named.size() == 1;
    }

    /** Those of these nodes; all when nobody said which. */
    List<NodeStatus> of(List<NodeStatus> all) {
        named.stream()
                .filter(id -> all.stream().noneMatch(node -> node.info().id().equals(id)))
                .findFirst()
                .ifPresent(id -> {
                    throw NodeArgument.unknown(id);
                });
        List<NodeStatus> chosen = all.stream()
                .filter(node -> named.isEmpty() || named.contains(node.info().id()))
                .filter(node -> selector.isEmpty() || selector.get().matches(node.info()))
                .toList();
        if (chosen.isEmpty() && selector.isPresent()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "no node is as selector '%s' says".formatted(selector.get()),
                            "mesh, node info",
                            "`harmony node list` shows the nodes"));
        }
        return chosen;
    }

    /** How one selects. */
    private static final class Selecting {
        @Option(
                names = {"-l", "--selector"},
                paramLabel = "<selector>",
                converter = NodeSelector.Read.class,
                description = "only nodes of which all of this holds, as in site=home,arch!=amd64; by site,"
                        + " failure-domain, arch, node")
        private Optional<NodeSelector> selector = Optional.empty();
    }

    /** Named as what the command is about. */
    static final class Arguments {
        @Parameters(
                paramLabel = "<id>",
                arity = "0..*",
                converter = ReadId.class,
                description = "ids of nodes, as in `harmony node list`")
        private List<NodeId> named = List.of();

        @Mixin
        private Selecting selecting = new Selecting();

        NodeChoice get() {
            return new NodeChoice(named, selecting.selector);
        }
    }

    /** Named beside what the command is about. */
    static final class Options {
        @Option(
                names = "--node",
                paramLabel = "<id>",
                split = ",",
                converter = ReadId.class,
                description = "only on these nodes, as in `harmony node list`")
        private List<NodeId> named = List.of();

        @Mixin
        private Selecting selecting = new Selecting();

        NodeChoice get() {
            return new NodeChoice(named, selecting.selector);
        }
    }
}
