package io.nationtech.harmony.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a seed says, for people, without its secrets. */
record SeedSummary(Seed seed) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Network: " + network()
                + seed.wifi().map(wifi -> ", by " + wifi).orElse(", by cable"));
        lines.add("Mesh: " + seed.mesh().map(SeedSummary::mesh).orElse("none: the node belongs to no mesh"));
        lines.add("Node: " + node());
        lines.add("Installs: "
                + seed.install().map(SeedSummary::install).orElse("once somebody at the screen says onto which disk"));
        seed.installation()
                .ifPresent(done -> lines.add("Installed: onto %s%s"
                        .formatted(
                                done.disk(),
                                done.finished().map(at -> ", at " + at).orElse(", not to its end"))));
        return lines;
    }

    private String network() {
        String address = switch (seed.network()) {
            case Network.Automatic _ -> "as the network tells";
            case Network.Fixed fixed ->
                fixed.address()
                        + fixed.gateway().map(gateway -> ", gateway " + gateway).orElse(", no gateway");
        };
        return address
                + seed.network().dns().stream()
                        .map(Object::toString)
                        .reduce((one, other) -> one + ", " + other)
                        .map(all -> ", names from " + all)
                        .orElse("");
    }

    private static String mesh(Mesh mesh) {
        return "%s, %s, %s"
                .formatted(
                        mesh.servers().stream().map(Object::toString).collect(Collectors.joining(", ")),
                        mesh.authority().isPresent()
                                ? "known by a certificate of its own"
                                : "known by authorities that the platform trusts",
                        mesh.login().isPresent() ? "with a login" : "without a login");
    }

    private String node() {
        return "%s, site %s, failure domain %s%s"
                .formatted(
                        seed.node()
                                .name()
                                .map(Object::toString)
                                .orElse(
                                        seed.mesh().flatMap(Mesh::login).isPresent()
                                                ? "named by its login"
                                                : "named by its machine"),
                        said(seed.node().site()),
                        said(seed.node().failureDomain()),
                        seed.node().registries().isPresent() ? ", with registries of its own" : "");
    }

    private static String said(Optional<?> value) {
        return value.map(Object::toString).orElse("as the agent has it");
    }

    private static String install(Install install) {
        List<String> wanted = new ArrayList<>();
        install.path().ifPresent(wanted::add);
        install.model().ifPresent(model -> wanted.add("model '%s'".formatted(model)));
        install.serial().ifPresent(serial -> wanted.add("serial " + serial));
        install.sizes().least().ifPresent(least -> wanted.add("at least " + least));
        install.sizes().most().ifPresent(most -> wanted.add("at most " + most));
        return "by itself, onto "
                + (wanted.isEmpty() ? "the one empty disk" : "the one disk with " + String.join(", ", wanted))
                + install.erase()
                        .map(word -> "; what is on disk %s may be lost".formatted(word))
                        .orElse("; a disk with data on it is refused");
    }
}
