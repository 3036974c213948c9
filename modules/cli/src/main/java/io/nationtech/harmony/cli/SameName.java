package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A second machine, or a second agent on one, that has a node's name.
 *
 * @param first who keeps the name; empty when nobody is listed under it
 */
record SameName(NodeInfo second, Optional<NodeInfo> first) {

    static List<SameName> of(List<NodeInfo> rivals, Inventory inventory) {
        Map<NodeId, NodeInfo> nodes =
                inventory.nodes().stream().map(NodeStatus::info).collect(Collectors.toMap(NodeInfo::id, info -> info));
        return rivals.stream()
                .map(info -> new SameName(info, Optional.ofNullable(nodes.get(info.id()))))
                .toList();
    }

    static String text(List<SameName> all, Ink ink) {
        return all.stream().map(one -> one.text(ink)).collect(Collectors.joining());
    }

    static List<Object> json(List<SameName> all) {
        return all.stream().map(SameName::json).toList();
    }

    private String text(Ink ink) {
        return "%n%s %s%n  → %s%n".formatted(ink.paint(Tone.BAD, "! %s:".formatted(name())), what(), next());
    }

    private String name() {
        return "node '%s'".formatted(second.id());
    }

    private boolean isOneMachine() {
        return first.filter(second::isOnMachineOf).isPresent();
    }

    private String what() {
        if (first.isEmpty()) {
            return "%s has this name, and begins nothing, as another had it that was forgotten"
                    .formatted(second.where());
        }
        String since = second.run().map(run -> ", since " + run.since()).orElse("");
        return isOneMachine()
                ? "two agents run on its machine; the older one%s, begins nothing more".formatted(since)
                : "two machines have this name: %s, which keeps it, and %s%s, which begins nothing"
                        .formatted(first.get().where(), second.where(), since);
    }

    private String next() {
        if (first.isEmpty()) {
            return "`systemctl restart harmony` on it: it takes the name then";
        }
        return isOneMachine()
                ? "end one of them: `pgrep -af io.nationtech.harmony.agent` on the machine shows them"
                : "give the second a name of its own: on it, empty /var/lib/harmony, set `harmony.node`, `systemctl restart harmony`. If it is to take the first's place: end the first's agent for good, then restart the second's";
    }

    Finding finding() {
        return Finding.bad("%s: %s".formatted(name(), what()), next());
    }

    private Object json() {
        Map<String, Object> object = Json.object(
                "node", second.id().value(),
                "address", second.address().toString(),
                "sameMachine", isOneMachine());
        second.run().map(AgentRun::model).ifPresent(model -> object.put("model", model));
        second.run().ifPresent(run -> object.put("since", run.since().toString()));
        first.ifPresent(keeps -> object.put("keptBy", keeps.where()));
        return object;
    }
}
