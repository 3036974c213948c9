package io.nationtech.harmony.importer;

import io.nationtech.harmony.config.file.SeededFile;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.SharedVolume;
import io.nationtech.harmony.domain.score.Volumes;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An application as it will be written.
 *
 * @param groups what runs together, in the order of declaration; groups of one are services alone
 */
record Application(DeploymentName name, List<Group> groups) {
    private static final int MOST_TOGETHER = 16;

    /**
     * Services that run together, or one alone.
     *
     * @param name beside which each service has its own
     * @param shared data that several of them use
     * @param seeds files that this begins with
     */
    record Group(ServiceName name, List<Draft> members, List<Shared> shared, List<Addition> seeds) {
        boolean isAlone() {
            return members.size() == 1;
        }
    }

    /** Data of several. */
    record Shared(DataName name, Map<Draft, MountPath> places) {
        SharedVolume made() {
            Map<ServiceName, MountPath> named = new LinkedHashMap<>();
            places.forEach((draft, place) -> named.put(draft.name, place));
            return new SharedVolume(name, named);
        }
    }

    List<Draft> drafts() {
        return groups.stream().flatMap(group -> group.members().stream()).toList();
    }

    /** All capabilities that it needs. */
    Set<Class<? extends Capability>> needs() {
        Set<Class<? extends Capability>> needs = new LinkedHashSet<>(Set.of(ContainerRuntime.class));
        drafts().forEach(draft -> draft.additions.forEach(addition -> needs.add(addition.needs())));
        if (groups.stream().anyMatch(group -> !group.shared().isEmpty())) {
            needs.add(VolumeStore.class);
        }
        return needs;
    }

    /** Puts services together, and gives data to whoever uses it. */
    static Application of(DeploymentName name, List<Draft> drafts, Findings findings) {
        drafts.forEach(Application::dropRepeated);
        Map<String, List<Draft>> users = users(drafts, findings);
        users.values().forEach(some -> some.forEach(draft -> draft.belongsTo.addAll(some)));
        joinLonely(drafts);
        List<Group> groups = new ArrayList<>();
        Set<String> names = new HashSet<>();
        drafts.forEach(draft -> names.add(draft.name.value()));
        Map<String, DataName> data = dataNames(users.keySet());
        for (Draft draft : drafts) {
            findings.attempt(draft.at, () -> own(draft, users, data));
        }
        for (List<Draft> members : Order.together(drafts)) {
            if (members.size() > MOST_TOGETHER) {
                findings.refuse(
                        members.getFirst().at,
                        "%d services use each other's names, data or order, and a group has %d at most"
                                .formatted(members.size(), MOST_TOGETHER),
                        "split the application in files, and publish ports between them");
                continue;
            }
            List<Shared> shared = shared(members, users, data, findings);
            groups.add(new Group(groupName(name, names), Order.ofDeclaration(members), shared, seeds(shared)));
        }
        return new Application(name, List.copyOf(groups));
    }

    /** A folder in one that is mounted at the same place in that says nothing more. */
    private static void dropRepeated(Draft draft) {
        draft.data
                .entrySet()
                .removeIf(inner -> draft.data.entrySet().stream()
                        .anyMatch(outer -> outer.getKey().contains("/")
                                && inner.getKey().startsWith(outer.getKey() + "/")
                                && inner.getValue().stream()
                                        .allMatch(place -> outer.getValue().stream()
                                                .anyMatch(whole -> place.value()
                                                        .equals(whole
                                                                + inner.getKey()
                                                                        .substring(outer.getKey()
                                                                                .length()))))));
    }

    /** What publishes nothing and is named by nobody is mostly found by a name that an image has by itself. */
    private static void joinLonely(List<Draft> drafts) {
        List<List<Draft>> groups = Order.together(drafts);
        List<Draft> largest = groups.stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of());
        for (List<Draft> group : groups) {
            Draft only = group.getFirst();
            if (group.size() == 1 && !only.isPublished() && groups.size() > 1 && drafts.size() <= MOST_TOGETHER) {
                only.belongsTo.add(
                        largest.getFirst() == only
                                ? drafts.stream()
                                        .filter(one -> one != only)
                                        .findFirst()
                                        .orElse(only)
                                : largest.getFirst());
            }
        }
    }

    private static ServiceName groupName(DeploymentName name, Set<String> taken) {
        String base = taken.add(name.value()) ? name.value() : "";
        for (int number = 1; base.isEmpty(); number++) {
            String other = number == 1 ? "app" : "app-" + number;
            base = taken.add(other) ? other : "";
        }
        return ServiceName.of(base);
    }

    private static Map<String, List<Draft>> users(List<Draft> drafts, Findings findings) {
        Map<String, List<Draft>> users = new LinkedHashMap<>();
        drafts.forEach(draft -> draft.data
                .keySet()
                .forEach(key ->
                        users.computeIfAbsent(key, _ -> new ArrayList<>()).add(draft)));
        for (String outer : users.keySet()) {
            for (String inner : users.keySet()) {
                if (outer.contains("/") && inner.startsWith(outer + "/")) {
                    Draft draft = users.getOrDefault(inner, List.of()).getFirst();
                    findings.refuse(
                            draft.at,
                            "folder %s of service '%s' lies in %s, which is data too".formatted(inner, draft, outer),
                            "mount the one or the other");
                }
            }
        }
        return users;
    }

    private static Map<String, DataName> dataNames(Set<String> keys) {
        Map<String, DataName> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (String key : keys) {
            String base = key.contains("/") ? Paths.name(key) : Vault.label(Holes.shown(key));
            String name = base;
            for (int number = 2; !taken.add(name); number++) {
                name = base + "-" + number;
            }
            names.put(key, DataName.of(name));
        }
        return names;
    }

    private static List<Shared> shared(
            List<Draft> members, Map<String, List<Draft>> users, Map<String, DataName> data, Findings findings) {
        List<Shared> shared = new ArrayList<>();
        users.forEach((key, some) -> {
            if (some.size() > 1 && members.contains(some.getFirst())) {
                Map<Draft, MountPath> places = new LinkedHashMap<>();
                some.forEach(draft -> places.put(
                        draft, draft.data.getOrDefault(key, List.of()).getFirst()));
                some.stream()
                        .filter(draft -> draft.data.getOrDefault(key, List.of()).size() > 1)
                        .forEach(draft -> twice(findings, draft, key));
                shared.add(new Shared(data.getOrDefault(key, DataName.of("data")), places));
            }
        });
        return shared;
    }

    /** Those of whoever names a volume first, as the others find the same files in it. */
    private static List<Addition> seeds(List<Shared> shared) {
        return shared.stream()
                .flatMap(data -> data.places().entrySet().stream().limit(1))
                .flatMap(first -> first.getKey().seeds.stream().filter(seed -> isIn(seed, first.getValue())))
                .toList();
    }

    private static boolean isIn(Addition seed, MountPath place) {
        return seed.extension() instanceof SeededFile file && place.holds(file.at());
    }

    private static void twice(Findings findings, Draft draft, String key) {
        findings.refuse(
                draft.at, "service '%s' has data '%s' at several places".formatted(draft, key), "mount it at one");
    }

    private static void own(Draft draft, Map<String, List<Draft>> users, Map<String, DataName> data) {
        List<Volume> own = new ArrayList<>();
        draft.data.forEach((key, places) -> {
            if (users.getOrDefault(key, List.of()).size() == 1) {
                if (places.size() > 1) {
                    throw new RefusedSourceException(
                            draft.at,
                            "service '%s' has data '%s' at several places".formatted(draft, Holes.shown(key)),
                            "mount it at one");
                }
                own.add(Volume.of(data.getOrDefault(key, DataName.of("data")), places.getFirst()));
            }
        });
        draft.additions.addAll(
                0,
                draft.seeds.stream()
                        .filter(seed -> own.stream().anyMatch(volume -> isIn(seed, volume.at())))
                        .toList());
        if (!own.isEmpty()) {
            draft.additions.addFirst(new Addition(new Volumes(own), VolumeStore.class));
        }
    }
}
