package io.nationtech.harmony.importer;

import io.nationtech.harmony.docker.socket.DockerApi;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.OnDrift;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.PortReach;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.score.ServiceScore;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.Protocol;
import io.nationtech.harmony.domain.value.TopologyName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the very deployment that will be written, so that whatever refuses it refuses it now, with the line of the source. */
final class Assembly {
    /** A site that has all that an application can ask for. */
    interface Home extends ContainerRuntime, VolumeStore, FolderShares, SecretStore, DockerApi {}

    private final Application application;
    private final Findings findings;

    Assembly(Application application, Findings findings) {
        this.application = application;
        this.findings = findings;
    }

    /** The deployment; empty where something is refused. */
    Optional<Deployment<Home>> deployment() {
        List<Score<? super Home>> scores = new ArrayList<>();
        List<SmokeTest> tests = new ArrayList<>();
        for (Application.Group group : application.groups()) {
            findings.made(group.members().getFirst().at, () -> whole(group)).ifPresent(scores::add);
            tests.add(test(group));
        }
        if (!findings.refusals().isEmpty()) {
            return Optional.empty();
        }
        Place file = Place.of(application.drafts().getFirst().at.file());
        return findings.made(
                file,
                () -> new Deployment<>(
                        application.name(),
                        Topology.of(TopologyName.of("home"), Home.class, Site.of("home")),
                        scores,
                        tests,
                        OnDrift.REPAIR,
                        Rollout.DEFAULT));
    }

    private Score<? super Home> whole(Application.Group group) {
        List<Score<? super Home>> members = new ArrayList<>();
        for (Draft draft : group.members()) {
            findings.made(draft.at, () -> member(draft)).ifPresent(members::add);
        }
        if (members.size() < group.members().size()) {
            // Why is told already.
            return members.isEmpty() ? unreachable(group) : members.getFirst();
        }
        if (group.isAlone()) {
            return members.getFirst();
        }
        Score<? super Home> together = new Together<>(group.name(), members);
        for (Application.Shared shared : group.shared()) {
            together = added(together, new Addition(shared.made(), VolumeStore.class));
        }
        for (Addition seed : group.seeds()) {
            together = added(together, seed);
        }
        return together;
    }

    private static Score<? super Home> unreachable(Application.Group group) {
        throw new RefusedSourceException(
                group.members().getFirst().at,
                "nothing of '%s' can be said".formatted(group.name()),
                "correct what else is told");
    }

    private static Score<? super Home> member(Draft draft) {
        ServiceScore<?> service = Opening.of(draft).made();
        for (Word word : draft.words) {
            service = word.effect().apply(service);
        }
        Score<? super Home> score = service;
        for (Addition addition : draft.additions) {
            score = added(score, addition);
        }
        return score;
    }

    @SuppressWarnings("unchecked") // Home has all that there is.
    private static Score<? super Home> added(Score<? super Home> score, Addition addition) {
        return (Score<? super Home>) addition.added(score);
    }

    /** Who of a group is asked whether it is there: whoever publishes a port, else the one that starts last. */
    static Draft asked(Application.Group group) {
        return group.members().stream()
                .filter(draft -> tcp(draft).isPresent())
                .findFirst()
                .or(() -> group.members().reversed().stream()
                        .filter(draft -> !draft.isJob)
                        .findFirst())
                .orElse(group.members().getFirst());
    }

    static Optional<PublishedPort> tcp(Draft draft) {
        return draft.ports.stream()
                .filter(port -> port.protocol() == Protocol.TCP && port.reach() == PortReach.SITE)
                .findFirst();
    }

    private static SmokeTest test(Application.Group group) {
        Draft draft = asked(group);
        return tcp(draft)
                .<SmokeTest>map(port -> new TcpSmokeTest(draft.name, port.node(), Duration.ofMinutes(2)))
                .orElseGet(() -> new HealthSmokeTest(draft.name, Duration.ofSeconds(10), Duration.ofMinutes(2)));
    }
}
