package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.fleet.UnreadStates;
import io.nationtech.harmony.fleet.UnreadStates.Standing;
import io.nationtech.harmony.fleet.UnreadStates.Unread;
import io.nationtech.harmony.mesh.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "words",
        description = {
            "Show what nodes are told that nobody follows, or only who did before: not signed by an operator who is let",
            "in, or not to be read.",
            "Sign it, or take it away."
        },
        footer = {
            "",
            "Once a mesh has logins that say who is believed, what was said before is signed by this, and what somebody said",
            "whose login was revoked. Whoever signs answers for it: look first.",
            "Taken away, it is as if the node had never been told: what runs there goes on, and the next deploy tells it anew.",
            "",
            "Examples:",
            "  harmony mesh words",
            "  harmony mesh words --sign node-1.website --sign node-2.website",
            "  harmony mesh words --sign-all",
            "  harmony mesh words --clear node-1.website"
        })
final class MeshWordsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--sign", paramLabel = "<node>.<deployment>", description = "sign what this node is told")
    private List<String> sign = new ArrayList<>();

    @Option(
            names = "--sign-all",
            description =
                    "sign all that lacks nothing but a signature, and what nodes follow of those who were revoked")
    private boolean signAll;

    @Option(names = "--clear", paramLabel = "<node>.<deployment>", description = "take away what this node is told")
    private List<String> clear = new ArrayList<>();

    @Mixin
    private MeshOption mesh = new MeshOption();

    MeshWordsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            UnreadStates states = session.fleet().unreadStates();
            List<Unread> all = states.all();
            List<Unread> toSign =
                    signAll ? all.stream().filter(MeshWordsCommand::isForAll).toList() : named(all, sign);
            List<Unread> toClear = named(all, clear);
            toSign.stream().filter(one -> one.signable().isEmpty()).findFirst().ifPresent(one -> {
                throw new CommandFailedException(ExitCode.FAILED, one.why());
            });
            Stream.of(toSign, toClear)
                    .flatMap(List::stream)
                    .flatMap(one -> session.fleet().beyondGrant(one.node(), one.deployment()).stream())
                    .findFirst()
                    .ifPresent(why -> {
                        throw new CommandFailedException(ExitCode.FAILED, why);
                    });
            if (toSign.isEmpty() && toClear.isEmpty()) {
                terminal.result(text(all));
                return ExitCode.DONE.code();
            }
            toSign.forEach(one -> change(one, "signed", states::sign));
            toClear.forEach(one -> change(one, "taken away; what runs there goes on", states::clear));
        }
        return ExitCode.DONE.code();
    }

    /** What may have been signed by somebody after they were revoked is not signed along with others. */
    private static boolean isForAll(Unread one) {
        return one.signable().isPresent() && one.standing() != Standing.REVOKED;
    }

    private static List<Unread> named(List<Unread> all, List<String> names) {
        return names.stream()
                .map(name -> all.stream()
                        .filter(one -> name(one).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new CommandFailedException(
                                ExitCode.FAILED,
                                new Cause(
                                        "'%s' is none of what is to be looked at".formatted(name),
                                        "mesh, bucket desired-state",
                                        "nothing was changed; `harmony mesh words` shows what is"))))
                .toList();
    }

    private void change(Unread one, String done, Function<Unread, Written> change) {
        if (change.apply(one) instanceof Written.Conflict) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "node '%s' was told something else about deployment '%s' just now"
                                    .formatted(one.node(), one.deployment()),
                            "mesh, bucket desired-state, key " + name(one),
                            "look again: `harmony mesh words`"));
        }
        terminal.say("%s: %s".formatted(name(one), done));
    }

    private String text(List<Unread> all) {
        return all.isEmpty()
                ? "Nodes are told nothing that is not followed.\n"
                : all.stream().map(this::text).collect(Collectors.joining());
    }

    private String text(Unread one) {
        return "%s %s%n%s  → %s%n"
                .formatted(
                        mark(one),
                        one.why().what(),
                        one.signable()
                                .map(state -> "  it says: %s%n"
                                        .formatted(
                                                state.resources().isEmpty()
                                                        ? "nothing any more"
                                                        : state.resources().stream()
                                                                .map(MeshWordsCommand::text)
                                                                .collect(Collectors.joining(", "))))
                                .orElse(""),
                        one.signable()
                                .map(_ -> "if that is right, --sign %s".formatted(name(one)))
                                .orElseGet(() ->
                                        "when nobody needs it, --clear %s, and deploy again".formatted(name(one))));
    }

    private String mark(Unread one) {
        return switch (one.standing()) {
            case UNBELIEVED, REVOKED -> terminal.outInk().paint(Tone.BAD, "✗ %s:".formatted(name(one)));
            case STILL_FOLLOWED -> terminal.outInk().paint(Tone.CHANGED, "! %s:".formatted(name(one)));
        };
    }

    private static String text(NodeResource resource) {
        return resource instanceof Container container
                ? "%s from %s".formatted(container.label(), container.image())
                : resource.label();
    }

    private static String name(Unread one) {
        return "%s.%s".formatted(one.node(), one.deployment());
    }
}
