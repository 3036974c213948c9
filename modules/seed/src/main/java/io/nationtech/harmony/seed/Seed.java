package io.nationtech.harmony.seed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a node is told before it is one.
 *
 * @param install how to install without asking anybody; empty when somebody is to be asked
 * @param installation what came of it so far; empty on a stick that was not used
 */
public record Seed(
        Network network,
        Optional<Wifi> wifi,
        Optional<Mesh> mesh,
        NodeSettings node,
        Optional<Install> install,
        Optional<Installation> installation) {
    /** Says nothing: the network's own addresses, no mesh, and somebody is asked. */
    public static final Seed EMPTY = new Seed(
            new Network.Automatic(List.of()),
            Optional.empty(),
            Optional.empty(),
            NodeSettings.NONE,
            Optional.empty(),
            Optional.empty());

    /** What came of reading one. */
    public sealed interface Parsed {

        /** It says this. */
        record Good(Seed seed) implements Parsed {}

        /** All that is wrong, in the order of the lines; never empty, and no secret is repeated. */
        record Bad(List<Problem> problems) implements Parsed {
            public Bad {
                problems = List.copyOf(problems);
            }

            /** A sentence that such a text is refused with, and below it each problem in a line of its own. */
            public String refusal(String sentence) {
                return sentence
                        + problems.stream()
                                .map(problem -> "\n    " + problem)
                                .collect(Collectors.joining("", "", "\n "));
            }
        }
    }

    /**
     * Reads {@code [Section]}s of lines {@code key = value}, as units of systemd have them; a line that begins with {@code #} or {@code ;}
     * says nothing.
     */
    public static Parsed parse(String text) {
        return new SeedReading(text).read();
    }

    /** The same as a text that {@link #parse} reads; it has the secrets. */
    public String text() {
        return SeedWriting.text(this);
    }

    /** What it says, a line for each matter, for people and without its secrets. */
    public List<String> summary() {
        return new SeedSummary(this).lines();
    }

    /** What may stay on a stick that was used: nothing that lets anybody in, and nothing that installs again. */
    public Seed afterInstallation(Installation done) {
        return new Seed(
                network, Optional.empty(), mesh.map(Mesh::withoutLogin), node, Optional.empty(), Optional.of(done));
    }

    /** The same with what is going on noted. */
    public Seed during(Installation going) {
        return new Seed(network, wifi, mesh, node, install, Optional.of(going));
    }

    /** The same with another mesh. */
    public Seed with(Mesh other) {
        return new Seed(network, wifi, Optional.of(other), node, install, installation);
    }

    /** The same with other settings of the node. */
    public Seed with(NodeSettings other) {
        return new Seed(network, wifi, mesh, other, install, installation);
    }
}
