package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Job;
import io.nationtech.harmony.domain.score.LastingService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.ServiceScore;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a service begins, in the stages that the domain asks for: its name, its image, its ports, its probe, its memory.
 *
 * @param type that it is of
 * @param begins with which type it is begun
 * @param stages as they are written; what they do is done already
 * @param made of them
 */
record Opening(Class<?> type, Class<?> begins, List<Word> stages, ServiceScore<?> made) {

    static Opening of(Draft draft) {
        ImageReference image = draft.image.orElseThrow();
        Memory limit = draft.limit();
        Word memory = stage("memoryLimit", limit);
        Word last = draft.memoryLimit.isPresent()
                ? memory
                : memory.saying("proposed: %s says no limit; `harmony status` tells what ran out of it"
                        .formatted(draft.at.file()));
        if (draft.isJob) {
            return new Opening(
                    Job.class,
                    Job.class,
                    List.of(image(image), stage("once"), last),
                    Job.named(draft.name).image(image).once().memoryLimit(limit));
        }
        return draft.isPublished() ? published(draft, image, limit, last) : hidden(draft, image, limit, last);
    }

    private static Word stage(String method, Object... arguments) {
        return Word.of(method, UnaryOperator.identity(), arguments);
    }

    private static Word image(ImageReference image) {
        List<String> comments = new ArrayList<>();
        if (image.value().endsWith(":latest")) {
            comments.add("name a version; `harmony pin` writes which image that is now");
        }
        if (!Images.isForEverybody(image.registry())) {
            comments.add("if %s wants a login: with(RegistryLogin.of(…))".formatted(image.registry()));
        }
        return said(
                stage("image", image), Optional.of(String.join("; ", comments)).filter(text -> !text.isEmpty()));
    }

    private static Opening hidden(Draft draft, ImageReference image, Memory limit, Word last) {
        Optional<CommandProbe> probe =
                draft.probe.filter(CommandProbe.class::isInstance).map(CommandProbe.class::cast);
        PrivateService.WithImage begun =
                ContainerService.named(draft.name).image(image).publishesNothing();
        PrivateService made =
                probe.map(begun::probedBy).orElseGet(begun::withoutProbe).memoryLimit(limit);
        Word health = probe.map(one -> said(stage("probedBy", one), draft.probeComment))
                .orElseGet(() -> stage("withoutProbe"));
        return new Opening(
                PrivateService.class,
                ContainerService.class,
                List.of(image(image), stage("publishesNothing"), health, last),
                made);
    }

    private static Word said(Word word, Optional<String> comment) {
        return comment.map(word::saying).orElse(word);
    }

    private static Opening published(Draft draft, ImageReference image, Memory limit, Word last) {
        PublishedPort first = draft.ports.getFirst();
        boolean isPlain = first.protocol() == Protocol.TCP && first.equals(PublishedPort.tcp(first.container()));
        Word port = stage("publishes", isPlain ? first.container() : first);
        ContainerService.WithPort begun =
                ContainerService.named(draft.name).image(image).publishes(first);
        if (draft.probe.isEmpty()) {
            Word none = stage("withoutProbe")
                    .saying("%s says no health check, and UDP cannot be asked".formatted(draft.at.file()));
            return new Opening(
                    ContainerService.class,
                    ContainerService.class,
                    List.of(image(image), port, none, last),
                    begun.withoutProbe().memoryLimit(limit));
        }
        Probe probe = draft.probe.get();
        ContainerService made = begun.probedBy(probe).memoryLimit(limit);
        boolean isOwnPage = probe instanceof HttpProbe http && http.equals(HttpProbe.of(first.node(), http.path()));
        Word health = isOwnPage && probe instanceof HttpProbe http
                ? stage("probedAt", http.path())
                : stage("probedBy", probe);
        return new Opening(
                ContainerService.class,
                ContainerService.class,
                List.of(image(image), port, said(health, draft.probeComment), last),
                made);
    }

    /** Brings a draft's ports into the order that its probe wants, and its words after them into that of writing. */
    static void settle(Draft draft) {
        Optional<Port> asked = draft.probe.flatMap(Probe::asked);
        draft.ports.sort((one, other) -> Integer.compare(rank(one, asked), rank(other, asked)));
        List<Word> more = new ArrayList<>();
        draft.ports.stream()
                .skip(1)
                .forEach(port ->
                        more.add(Word.of("publishes", service -> ((ContainerService) service).publishes(port), port)));
        draft.ranges.forEach(range ->
                more.add(Word.of("publishes", service -> ((ContainerService) service).publishes(range), range)));
        boolean hasProbe =
                draft.probe.isPresent() && (draft.isPublished() || draft.probe.get() instanceof CommandProbe);
        if (!draft.isJob && hasProbe && !draft.thresholds.equals(HealthThresholds.DEFAULT)) {
            HealthThresholds thresholds = draft.thresholds;
            more.add(Word.of("health", service -> ((LastingService<?>) service).health(thresholds), thresholds));
        }
        draft.words.addAll(0, more);
    }

    private static int rank(PublishedPort port, Optional<Port> asked) {
        if (port.protocol() == Protocol.UDP) {
            return 2;
        }
        return asked.filter(port.node()::equals).isPresent() ? 0 : 1;
    }
}
