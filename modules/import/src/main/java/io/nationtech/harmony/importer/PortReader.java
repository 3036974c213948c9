package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.PortRange;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which ports a service publishes: {@code [address:][node:]container[/protocol]}, and the long form. */
final class PortReader {
    private static final Pattern SHORT = Pattern.compile(
            "(?:(\\[[0-9a-fA-F:.]+]|[0-9.]*|\\*|[^:]*):)??(?:([0-9-]*):)?([0-9-]+)(?:/([a-z]+))?",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "*", "::", "[::]");
    private static final Set<String> OF_NODE_ALONE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final Set<Integer> OF_NODE = Set.of(22, 4222);
    private static final int ABOVE = 10_000;
    private static final int MOST = 65_521;
    private static final int MOST_IN_RANGE = 100;

    private final Project project;
    private final Draft draft;

    PortReader(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    void read(Value ports) {
        for (Value port : ports.items()) {
            project.findings().attempt(port.at(), () -> one(port));
        }
        if (draft.ports.isEmpty() && !draft.ranges.isEmpty()) {
            // A service begins with one port, which is asked too.
            draft.ranges.removeFirst().ports().forEach(this::add);
        }
    }

    private void one(Value port) {
        Place at = port.at();
        if (port instanceof Value.Entries) {
            String published = port.get("published").map(project::plain).orElse("");
            publish(
                    at,
                    port.get("host_ip").map(project::plain).orElse(""),
                    Holes.isIn(published) ? "" : published,
                    port.get("target").map(project::plain).orElse(""),
                    port.text("protocol").orElse("tcp"));
            return;
        }
        String text = withoutOpenNodePort(at, project.plain(port));
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            throw new RefusedSourceException(
                    at,
                    "'%s' is no port to publish".formatted(Holes.shown(text)),
                    "write node:container, as in 8080:80, or give its variables values in .env");
        }
        publish(
                at,
                text(matcher.group(1)),
                text(matcher.group(2)),
                matcher.group(3),
                matcher.group(4) == null ? "tcp" : matcher.group(4));
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }

    /** A variable without a value in place of an address or of a node's port is as if nothing were said. */
    private String withoutOpenNodePort(Place at, String text) {
        if (!Holes.isIn(text)) {
            return text;
        }
        String closed = text.replaceFirst("^(?:[^:]*\uE000[^:]*:)+(?=[0-9-]+(:|/|$))", "");
        if (!closed.equals(text)) {
            project.findings().note(at, "port " + text, "has no value in .env; published at the container's own port");
        }
        return closed;
    }

    private void publish(Place at, String address, String node, String container, String protocol) {
        boolean isOfNode = OF_NODE_ALONE.contains(address);
        if (!EVERYWHERE.contains(address) && !isOfNode) {
            project.findings()
                    .refuse(
                            at,
                            "service '%s' publishes port %s at %s alone".formatted(draft, container, address),
                            "publish it everywhere, or not at all where only services beside it use it");
            return;
        }
        Protocol kind = switch (protocol.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            default ->
                throw new RefusedSourceException(
                        at, "protocol '%s' is neither tcp nor udp".formatted(protocol), "leave the port out");
        };
        if (container.contains("-")) {
            range(at, node, container, kind);
            return;
        }
        Port inside = Port.of(number(at, container));
        boolean isAnywhere = node.isEmpty() || node.contains("-");
        int told = isAnywhere ? inside.number() : number(at, node);
        int outside = OF_NODE.contains(told) ? told + ABOVE : told;
        while (isAnywhere && project.ports().contains(new NodePort(Port.of(outside), kind))) {
            outside = (outside + ABOVE) % MOST;
        }
        if (isAnywhere) {
            project.findings()
                    .note(
                            at,
                            "port %s of '%s', at any port of the machine".formatted(container, draft),
                            "published at port " + outside);
        } else if (outside != told) {
            project.findings()
                    .note(
                            at,
                            "port %d of '%s'".formatted(told, draft),
                            "a node answers there itself: published at " + outside);
        }
        PublishedPort port =
                (kind == Protocol.UDP ? PublishedPort.udp(inside) : PublishedPort.tcp(inside)).at(Port.of(outside));
        add(isOfNode ? port.onNodeOnly() : port);
    }

    private void add(PublishedPort port) {
        if (draft.ports.stream().noneMatch(other -> other.taken().equals(port.taken()))) {
            draft.ports.add(port);
            project.ports().add(port.taken());
        }
    }

    private void range(Place at, String node, String container, Protocol kind) {
        String[] bounds = container.split("-", 2);
        Port first = Port.of(number(at, bounds[0]));
        Port last = Port.of(number(at, bounds[1]));
        String outside = node.isEmpty() ? container : node;
        if (outside.equals(container)) {
            if (first.equals(last)) {
                add(kind == Protocol.UDP ? PublishedPort.udp(first) : PublishedPort.tcp(first));
            } else {
                split(first.number(), last.number(), kind);
            }
            return;
        }
        String[] others = outside.split("-", 2);
        int shift = number(at, others[0]) - first.number();
        new PortRange(first, last, kind)
                .ports()
                .forEach(port -> add(port.at(Port.of(port.container().number() + shift))));
    }

    /** A few more than one range may have are two. */
    private void split(int first, int last, Protocol kind) {
        int middle = last - first + 1 > MOST_IN_RANGE && last - first < 2 * MOST_IN_RANGE ? (first + last) / 2 : last;
        draft.ranges.add(new PortRange(Port.of(first), Port.of(middle), kind));
        if (middle < last) {
            draft.ranges.add(new PortRange(Port.of(middle + 1), Port.of(last), kind));
        }
    }

    private static int number(Place at, String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new RefusedSourceException(
                    at,
                    "'%s' is no port".formatted(Holes.shown(text)),
                    "write a number, or give its variable a value in .env");
        }
        return Integer.parseInt(text);
    }
}
