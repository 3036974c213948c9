package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A topology with its scores and the smoke tests that block it. The builder has stages, so that a deployment without topology,
 * score or smoke test does not compile:
 *
 * <pre>{@code
 * Deployment.named(DeploymentName.of("website"))
 *         .on(homeLab)
 *         .runs(site)
 *         .provenBy(HttpSmokeTest.of(site, HttpPath.of("/"), "Welcome"))
 * }</pre>
 *
 * @param scores at least one, with names of their own
 * @param smokeTests at least one, each of a score that the deployment runs
 * @param onDrift what is done when it is not as declared any more; repaired unless said
 * @param rollout on what terms changes reach the nodes; {@link Rollout#DEFAULT} unless said
 */
public record Deployment<C extends Capability>(
        DeploymentName name,
        Topology<C> topology,
        List<Score<? super C>> scores,
        List<SmokeTest> smokeTests,
        OnDrift onDrift,
        Rollout rollout) {
    public Deployment {
        scores = List.copyOf(scores);
        smokeTests = List.copyOf(smokeTests);
        if (scores.isEmpty() || smokeTests.isEmpty()) {
            throw new InvalidValueException("deployment '%s' has %d scores and %d smoke tests; it needs one of each"
                    .formatted(name, scores.size(), smokeTests.size()));
        }
        if (topology.leaves().findAny().isEmpty()) {
            throw new InvalidValueException(
                    "topology '%s' of deployment '%s' comes down to no topology of sites; name one in %s.madeOf"
                            .formatted(
                                    topology.name(), name, topology.getClass().getName()));
        }
        requireNamesOfTheirOwn(name, scores);
        requireOneHeir(name, scores);
        requireDataOfTheirOwn(name, scores);
        requireRun(name, scores, smokeTests);
    }

    private static void requireNamesOfTheirOwn(DeploymentName deployment, List<? extends Score<?>> scores) {
        Set<ServiceName> names = new HashSet<>();
        for (Score<?> score : named(scores)) {
            if (!names.add(score.name())) {
                throw new InvalidValueException("deployment '%s' has two scores named '%s'; give each a name of its own"
                        .formatted(deployment, score.name()));
            }
        }
    }

    /** All that has a name in a deployment: its scores, and those that run together as one of them. */
    private static List<Score<?>> named(List<? extends Score<?>> scores) {
        return scores.stream()
                .<Score<?>>flatMap(score -> score.withMembers().stream())
                .toList();
    }

    /** What nodes run under a name can become one score's own only, and none's while a score has that name. */
    private static void requireOneHeir(DeploymentName deployment, List<? extends Score<?>> scores) {
        Map<ServiceName, ServiceName> owners = new HashMap<>();
        List<Score<?>> named = named(scores);
        named.forEach(score -> owners.put(score.name(), score.name()));
        for (Score<?> score : named) {
            for (ServiceName old : score.previously()) {
                ServiceName owner = owners.putIfAbsent(old, score.name());
                if (owner != null) {
                    throw new InvalidValueException(
                                    "score '%s' of deployment '%s' was '%s' previously, but that name belongs to score '%s'; one of the two must let it go"
                                            .formatted(score.name(), deployment, old, owner))
                            .about(old);
                }
            }
        }
    }

    private static void requireDataOfTheirOwn(DeploymentName deployment, List<? extends Score<?>> scores) {
        Map<DataName, ServiceName> owners = new HashMap<>();
        for (Score<?> score : scores) {
            for (Volume volume : score.volumes()) {
                ServiceName owner = owners.putIfAbsent(volume.name(), score.name());
                if (owner != null) {
                    throw new InvalidValueException(
                                    "scores '%s' and '%s' of deployment '%s' both keep volume '%s'; give one of the two another name"
                                            .formatted(owner, score.name(), deployment, volume.name()))
                            .about(volume);
                }
            }
        }
    }

    private static void requireRun(
            DeploymentName deployment, List<? extends Score<?>> scores, List<SmokeTest> smokeTests) {
        Set<ServiceName> names = named(scores).stream().map(Score::name).collect(Collectors.toSet());
        for (SmokeTest test : smokeTests) {
            if (!names.contains(test.service())) {
                throw new InvalidValueException(
                                "deployment '%s' does not run service '%s', which its smoke test asks; add it by runs(…), or ask one of %s"
                                        .formatted(
                                                deployment,
                                                test.service(),
                                                names.stream().sorted().toList()))
                        .about(test);
            }
        }
    }

    /**
     * What a score of this deployment comes to where no node is known yet: what can be said of any score, of whatever kind, before
     * it is planned. Empty where the score cannot tell without nodes.
     *
     * @throws InvalidValueException when the score comes to what cannot be, or fails; it says how
     */
    public List<Task> tasks(Score<?> score) {
        return tasks(score, new Inventory(List.of()));
    }

    /**
     * What a score of this deployment comes to on these nodes, if every secret had its first version.
     *
     * @throws InvalidValueException when the score comes to what cannot be, or fails; it says how
     */
    public List<Task> tasks(Score<?> score, Inventory part) {
        Map<SecretRef, Long> versions =
                score.secrets().stream().distinct().collect(Collectors.toMap(Function.identity(), _ -> 1L));
        try {
            return switch (score.expand(name, part.with(versions))) {
                case Expansion.Runs(List<Task> tasks) -> tasks;
                case Expansion.Impossible _ -> List.of();
            };
        } catch (InvalidValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw (InvalidValueException) new InvalidValueException(
                            "score '%s' fails before it is known what it comes to: %s.expand throws %s; it must answer for any nodes, also for none"
                                    .formatted(score.name(), score.getClass().getName(), e))
                    .initCause(e);
        }
    }

    /** The secrets that its scores name, each once, by name. */
    public List<SecretRef> secrets() {
        return scores.stream()
                .flatMap(score -> score.secrets().stream())
                .distinct()
                .sorted(Comparator.comparing(SecretRef::name))
                .toList();
    }

    /** The same deployment with another answer to drift. */
    public Deployment<C> onDrift(OnDrift other) {
        return new Deployment<>(name, topology, scores, smokeTests, other, rollout);
    }

    /** The same deployment, whose changes reach the nodes on other terms than {@link Rollout#DEFAULT}. */
    public Deployment<C> rollout(Rollout terms) {
        return new Deployment<>(name, topology, scores, smokeTests, onDrift, terms);
    }

    /** Begins a deployment. */
    public static Named named(DeploymentName name) {
        return new Named(name);
    }

    /** Knows its name; needs a topology. */
    public record Named(DeploymentName name) {
        /** Names the topology, whose capabilities the scores may use. */
        public <C extends Capability> OnTopology<C> on(Topology<C> topology) {
            return new OnTopology<>(name, topology);
        }
    }

    /** Knows its topology; needs a score. */
    public record OnTopology<C extends Capability>(DeploymentName name, Topology<C> topology) {
        /** Adds the first score, which may need only capabilities that the topology has. */
        public Scored<C> runs(Score<? super C> score) {
            return new Scored<>(name, topology, List.of(score));
        }
    }

    /** Has scores; takes more, or its smoke tests. */
    public record Scored<C extends Capability>(
            DeploymentName name, Topology<C> topology, List<Score<? super C>> scores) {
        /** Adds a score. */
        public Scored<C> runs(Score<? super C> score) {
            return new Scored<>(
                    name,
                    topology,
                    Stream.<Score<? super C>>concat(scores.stream(), Stream.of(score))
                            .toList());
        }

        /** Completes the deployment with the tests that it must pass to count as deployed. */
        public Deployment<C> provenBy(SmokeTest first, SmokeTest... others) {
            return new Deployment<>(
                    name,
                    topology,
                    scores,
                    Stream.concat(Stream.of(first), Stream.of(others)).toList(),
                    OnDrift.REPAIR,
                    Rollout.DEFAULT);
        }
    }
}
