package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ContainerName;
import java.util.List;
import java.util.Locale;

/** What a person can do about the words with which podman and systemd fail. */
record Diagnosis(List<String> words, String next) {
    private static final Diagnosis LOGIN = new Diagnosis(
            List.of("unauthorized", "authentication required", "denied"),
            "the registry wants a login, or has no such image; check the reference and the login");

    private static final List<Diagnosis> KNOWN = List.of(
            new Diagnosis(
                    List.of("address already in use", "port is already allocated"),
                    "something else listens on that port; `ss -ltnp` there names it. Free the port or publish another"),
            new Diagnosis(
                    List.of("no space left on device", "disk quota exceeded"),
                    "the disk is full; `df -h` shows which. Make room, for instance with `podman image prune -a`"),
            new Diagnosis(
                    List.of("manifest unknown", "name unknown", "repository name not known"),
                    "the registry has no such image; check its name and tag, and push it there"),
            LOGIN,
            new Diagnosis(
                    List.of("no such host", "server misbehaving"),
                    "no DNS server knows the registry's name; check the reference and `resolvectl status`"),
            new Diagnosis(
                    List.of(
                            "connection refused",
                            "no route to host",
                            "network is unreachable",
                            "i/o timeout",
                            "connection reset",
                            "did not end within"),
                    "the other side does not answer; check that it is up and the network is there. It is tried again"),
            new Diagnosis(
                    List.of("x509:", "server gave http response to https client"),
                    "the registry's certificate is not trusted, or it has none; put its authority into /etc/containers/certs.d/<registry>/ca.crt, or see registries.conf.d there"),
            new Diagnosis(
                    List.of("exec format error", "no image found in manifest list for architecture"),
                    "the image is for another architecture; build it for this node's"),
            new Diagnosis(
                    List.of("not been booted with systemd", "failed to connect to bus", "connect to system scope bus"),
                    "there is no systemd here; let the agent use podman alone: HARMONY_RUNTIME=podman"),
            new Diagnosis(
                    List.of(".service not found"),
                    "quadlet made no unit of the file; `/usr/lib/systemd/system-generators/podman-system-generator --dryrun`"
                            + " says why. It takes podman 5.3 or newer"),
            new Diagnosis(
                    List.of("unable to set memory limit", "minimum memory limit"),
                    "the memory limit is too small to start anything; raise it"));

    private static final Diagnosis OTHER =
            new Diagnosis(List.of(), "look at it on the node: `podman ps -a`, `journalctl -e`. It is tried again");

    /** Why a container does not run that goes through another one. */
    static Cause withoutCarrier(ContainerName container, ContainerName carrier, String where) {
        return new Cause(
                "container '%s' goes through container '%s', which does not run".formatted(container, carrier),
                where,
                "it starts once '%s' runs; `harmony status` says why that does not".formatted(carrier));
    }

    /** The cause of a failure: {@code what} failed, how the program put it, and what to do. */
    static Cause of(String what, String where, Finished finished) {
        return new Cause(what + ": " + finished.complaint(), where, known(finished).next);
    }

    /** Whether a registry did not let somebody in. */
    static boolean isAboutLogin(Finished finished) {
        return known(finished).equals(LOGIN);
    }

    private static Diagnosis known(Finished finished) {
        String lower = finished.complaint().toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(diagnosis -> diagnosis.words.stream().anyMatch(lower::contains))
                .findFirst()
                .orElse(OTHER);
    }
}
