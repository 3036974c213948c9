package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.ImageUpdates;
import io.nationtech.harmony.domain.score.LastingService;
import io.nationtech.harmony.domain.value.ImageReference;
import java.util.Optional;
import java.util.Set;

/** Reads what labels say to watchtower and to podman's auto-update: that a service follows its image's tag. Both look once a day. */
record LabelReader(Project project, Draft draft) {
    private static final String WATCHTOWER = "com.centurylinklabs.watchtower.enable";
    private static final String PODMAN = "io.containers.autoupdate";
    private static final Set<String> BY_REGISTRY = Set.of("registry", "image");

    void read(Value service) {
        Optional<Value> labels = service.get("labels").filter(value -> !value.isEmpty());
        labels.map(Value::named).ifPresent(named -> {
            boolean isWatched = Optional.ofNullable(named.get(WATCHTOWER))
                    .filter(Value::isTrue)
                    .isPresent();
            boolean isUpdated = Optional.ofNullable(named.get(PODMAN))
                    .map(project::plain)
                    .filter(BY_REGISTRY::contains)
                    .isPresent();
            if (isWatched || isUpdated) {
                follow(named.getOrDefault(isWatched ? WATCHTOWER : PODMAN, labels.get())
                        .at());
            }
            named.entrySet().stream()
                    .filter(label -> !isFollowing(label.getKey(), label.getValue()))
                    .findFirst()
                    .ifPresent(_ -> project.findings()
                            .note(
                                    labels.get().at(),
                                    "labels of '%s'".formatted(draft),
                                    "left out: labels are for other tools, and a route or a page is said otherwise"));
        });
    }

    private static boolean isFollowing(String label, Value value) {
        return label.equals(WATCHTOWER) || (label.equals(PODMAN) && BY_REGISTRY.contains(value.text()));
    }

    private void follow(Place at) {
        boolean isPinned = draft.image.flatMap(ImageReference::digest).isPresent();
        if (draft.isJob || isPinned) {
            project.findings()
                    .note(
                            at,
                            "updates of '%s' by its image's tag".formatted(draft),
                            draft.isJob ? "left out: a job ends by itself" : "left out: it is named by digest");
            return;
        }
        ImageUpdates daily = ImageUpdates.daily();
        draft.say(Word.of(
                "updates", one -> one instanceof LastingService<?> lasting ? lasting.updates(daily) : one, daily));
    }
}
