package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a deployment's smoke tests from here, through the nodes' addresses. */
final class SmokeTester {
    private static final Duration ONE_TRY = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int SHOWN = 200;

    /** What came of one try: nothing wrong, or what was. */
    private record Try(Optional<String> wrong) {}

    /** Runs all tests, one after the other, up to the first that fails. */
    SmokeResult run(Deployment<?> deployment, Inventory inventory) {
        List<URI> pages = new ArrayList<>();
        for (SmokeTest test : deployment.smokeTests()) {
            switch (test) {
                case HttpSmokeTest http -> {
                    List<NodeStatus> replicas = replicas(http, deployment.name(), inventory);
                    List<URI> reachable = replicas.stream()
                            .filter(NodeStatus::isAlive)
                            .map(node -> page(node, http))
                            .toList();
                    int wanted = http.service().replicas().count()
                            * inventory.parts(deployment.topology()).size();
                    Optional<Cause> failure = missing(http, wanted, replicas).or(() -> fetchAll(http, reachable));
                    if (failure.isPresent()) {
                        return new SmokeResult.Failed(failure.get());
                    }
                    pages.addAll(reachable);
                }
            }
        }
        return new SmokeResult.Passed(pages);
    }

    private static List<NodeStatus> replicas(HttpSmokeTest test, DeploymentName deployment, Inventory inventory) {
        return inventory.nodes().stream()
                .filter(node -> Stream.ofNullable(node.desired().get(deployment))
                        .flatMap(told -> told.value().containers().stream())
                        .anyMatch(container ->
                                // The service of a test is without its secrets and volumes, and what its node gives it.
                                container
                                        .with(List.of())
                                        .reading(List.of())
                                        .keeping(List.of())
                                        .equals(test.service().container())))
                .toList();
    }

    private static URI page(NodeStatus node, HttpSmokeTest test) {
        String place = node.info().address().withPort(test.service().port().node());
        return URI.create("http://%s%s".formatted(place, test.path()));
    }

    /** A replica of a lost node cannot be asked, and is not held against those that can. */
    private static Optional<Cause> missing(HttpSmokeTest test, int wanted, List<NodeStatus> replicas) {
        if (replicas.size() != wanted) {
            return Optional.of(new Cause(
                    "%d of %d replicas of service '%s' are placed"
                            .formatted(replicas.size(), wanted, test.service().name()),
                    "smoke test",
                    "somebody else deploys at the same time: look at `harmony status`, then deploy again"));
        }
        if (replicas.stream().noneMatch(NodeStatus::isAlive)) {
            return Optional.of(new Cause(
                    "no replica of service '%s' can be asked: they wait for nodes that are lost, %s"
                            .formatted(
                                    test.service().name(),
                                    replicas.stream()
                                            .map(node -> node.info().id().value())
                                            .collect(Collectors.joining(", "))),
                    "smoke test",
                    "bring a node back, or let the replicas move: `harmony plan` says when they do"));
        }
        return Optional.empty();
    }

    private static Optional<Cause> fetchAll(HttpSmokeTest test, List<URI> pages) {
        long deadline = System.nanoTime() + test.patience().toNanos();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(ONE_TRY).build()) {
            for (URI page : pages) {
                Optional<Cause> failure = fetch(client, test, page, deadline);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Cause> fetch(HttpClient client, HttpSmokeTest test, URI page, long deadline) {
        Try last;
        do {
            try {
                last = tryOnce(client, test, page);
                if (last.wrong().isEmpty()) {
                    return Optional.empty();
                }
                Thread.sleep(BETWEEN_TRIES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                last = new Try(Optional.of("interrupted"));
                break;
            }
        } while (System.nanoTime() < deadline);
        return Optional.of(new Cause(
                "smoke test failed for %d s: %s"
                        .formatted(test.patience().toSeconds(), last.wrong().orElse("")),
                page.toString(),
                "`harmony logs` shows what the service wrote; try the page from here with `curl -v %s`"
                        .formatted(page)));
    }

    private static Try tryOnce(HttpClient client, HttpSmokeTest test, URI page) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(ONE_TRY).build();
        try {
            HttpResponse<byte[]> answer =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), 1 << 20));
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            if (answer.statusCode() != 200) {
                return new Try(Optional.of("the page's status is %d, not 200".formatted(answer.statusCode())));
            }
            return new Try(
                    body.contains(test.contains())
                            ? Optional.empty()
                            : Optional.of("the page does not contain \"%s\" but begins \"%s\""
                                    .formatted(test.contains(), body.substring(0, Math.min(SHOWN, body.length())))));
        } catch (IOException e) {
            return new Try(Optional.of(
                    "no page: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())));
        }
    }
}
