package io.nationtech.harmony.importer;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.MountedConfig;
import io.nationtech.harmony.docker.socket.DockerApi;
import io.nationtech.harmony.docker.socket.DockerSocket;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.Shares;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a service has mounted: data, files, folders of the household, secrets, memory. */
final class MountReader {
    private static final Memory SCRATCH = Memory.mebibytes(64);
    private static final Set<String> IN_MEMORY = Set.of("/tmp", "/run", "/var/run", "/var/tmp", "/dev/shm");
    private static final int MOST_FILES = 16;

    private final Project project;
    private final Draft draft;
    private final FileContent content;
    private final RightsReader rights;
    private final DeviceReader devices;
    private final List<SecretRef> secrets = new ArrayList<>();
    private final List<MountedShare> shares = new ArrayList<>();
    private final List<Word> hostPaths = new ArrayList<>();
    private boolean knowsTimeZone;

    MountReader(Project project, Draft draft, RightsReader rights, DeviceReader devices) {
        this.rights = rights;
        this.project = project;
        this.draft = draft;
        this.devices = devices;
        this.content = new FileContent(project, draft);
    }

    /** One mount, from whichever form. */
    private record Mount(String source, String target, boolean isReadOnly, Place at) {}

    void read(Value service) {
        each(service, "volumes", this::volume);
        each(service, "tmpfs", this::memory);
        each(service, "configs", this::config);
        each(service, "secrets", this::secret);
        if (!secrets.isEmpty()) {
            draft.additions.add(new Addition(new Secrets(secrets), SecretStore.class));
        }
        if (!shares.isEmpty()) {
            draft.additions.add(new Addition(new Shares(shares), FolderShares.class));
        }
    }

    private void each(Value service, String key, java.util.function.Consumer<Value> reading) {
        for (Value one : service.get(key).map(Value::items).orElse(List.of())) {
            project.findings().attempt(one.at(), () -> reading.accept(one));
        }
    }

    private void volume(Value volume) {
        Place at = volume.at();
        if (volume instanceof Value.Entries) {
            String type = volume.text("type").orElse("volume");
            String target = target(volume, "target", "destination");
            String source = volume.get("source").map(project::plain).orElse("");
            if (volume.get("content").isPresent()) {
                content.mount(volume.get("content").get().text(), name(source, target), MountPath.of(target), at);
                return;
            }
            if (volume.get("volume").flatMap(options -> options.get("subpath")).isPresent()) {
                throw refused(
                        at,
                        "service '%s' uses a part of volume '%s'".formatted(draft, source),
                        "give it a volume of its own");
            }
            switch (type) {
                case "tmpfs" ->
                    scratch(
                            target,
                            volume.get("tmpfs")
                                    .flatMap(options -> options.text("size"))
                                    .orElse(""),
                            at);
                case "volume", "bind" -> mount(new Mount(source, target, isReadOnly(volume), at));
                default -> throw refused(at, "a mount of type '%s' cannot be said".formatted(type), "leave it out");
            }
            return;
        }
        List<String> parts = colons(project.plain(volume));
        switch (parts.size()) {
            case 1 -> mount(new Mount("", parts.get(0), false, at));
            case 2, 3 -> {
                boolean isReadOnly = parts.size() == 3
                        && Arrays.asList(parts.get(2).split(",")).contains("ro");
                mount(new Mount(parts.get(0), parts.get(1), isReadOnly, at));
            }
            default -> throw refused(at, "'%s' is no mount".formatted(project.plain(volume)), "write source:target");
        }
    }

    private static boolean isReadOnly(Value volume) {
        return volume.get("read_only").map(Value::isTrue).orElse(false);
    }

    private String target(Value volume, String... keys) {
        return Arrays.stream(keys)
                .flatMap(key -> volume.get(key).stream())
                .map(project::plain)
                .findFirst()
                .orElse("");
    }

    private static List<String> colons(String text) {
        // A drive letter of Windows is no source.
        return List.of(text.replaceFirst("^([A-Za-z]):([\\\\/])", "/$1$2").split(":", -1));
    }

    private static RefusedSourceException refused(Place at, String what, String next) {
        return new RefusedSourceException(at, Holes.shown(what), next);
    }

    private static String name(String source, String target) {
        String from = source.isEmpty() ? target : source;
        String name = from.substring(from.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.replaceAll("[^a-z0-9.-]+", "-").replaceFirst("^[^a-z0-9]+", "");
    }

    private void mount(Mount mount) {
        String source = mount.source();
        String target = mount.target().length() > 1 ? mount.target().replaceFirst("/+$", "") : mount.target();
        boolean isPath = source.contains("/")
                || source.startsWith(".")
                || source.startsWith("~")
                || source.startsWith("%")
                || Holes.isIn(source);
        if (Paths.isEngine(source) || Paths.isEngine(target)) {
            engine(target, mount.at());
            return;
        }
        if (source.isEmpty()) {
            data(draft.key + "-" + target, target, mount);
        } else if (!isPath) {
            volume(source, target, mount);
        } else {
            path(source, target, mount);
        }
    }

    /** Most only list what runs; who does more than that has the whole machine, and nobody is given that unasked. */
    private void engine(String target, Place at) {
        if (!target.equals(DockerSocket.AT.value())) {
            throw refused(
                    at,
                    "service '%s' uses the socket of the container engine at %s".formatted(draft, target),
                    "let it look at %s, or leave the service out".formatted(DockerSocket.AT));
        }
        draft.additions.add(new Addition(DockerSocket.listing(), DockerApi.class));
        project.findings()
                .note(
                        at,
                        "socket of the engine in '%s'".formatted(draft),
                        "it may ask what runs; what starts or makes containers needs DockerSocket.control(…), with which it is its node's root");
    }

    private void volume(String name, String target, Mount mount) {
        Value declared = project.named("volumes", name);
        Optional<String> driver = declared.text("driver").filter(text -> !text.equals("local"));
        Value options = declared.get("driver_opts").orElse(new Value.Nothing(declared.at()));
        String type = options.text("type").orElse("").toLowerCase(Locale.ROOT);
        String device = options.get("device")
                .map(value -> project.plain(project.variables().expanded(value)))
                .orElse("");
        if (type.equals("tmpfs")) {
            scratch(target, "", mount.at());
        } else if (type.startsWith("nfs") || type.equals("cifs") || type.equals("smb3")) {
            share(name, "/mnt/" + Vault.label(name), target, mount);
            project.findings()
                    .note(
                            mount.at(),
                            "volume '%s' on %s".formatted(name, type),
                            "a share: mount it on the node, as docs/shares.md has it");
        } else if (driver.isPresent()) {
            throw refused(
                    mount.at(),
                    "volume '%s' is of driver '%s'".formatted(name, driver.get()),
                    "keep it as data of the node, or as a share");
        } else if (device.contains("/") && !device.equals("/")) {
            path(device, target, mount);
        } else {
            if (isOfOthers(declared)) {
                ofOthers(
                        "volume '%s' of another project".formatted(name),
                        OthersVolume.named(originalName(name, declared)),
                        "a new, empty volume",
                        target,
                        mount);
            }
            data(name, target, mount);
        }
    }

    private static boolean isOfOthers(Value declared) {
        return declared.get("external")
                .map(external -> external.isTrue() || external instanceof Value.Entries)
                .orElse(false);
    }

    /** As its owner's engine knows it: {@code downloads_library} for volume {@code library} of project {@code downloads}. */
    private String originalName(String key, Value declared) {
        return declared.get("name")
                .or(() -> declared.get("external").flatMap(external -> external.get("name")))
                .map(project::plain)
                .orElse(key);
    }

    private void ofOthers(String what, OthersVolume volume, String until, String target, Mount mount) {
        project.findings()
                .note(
                        mount.at(),
                        what,
                        "%s; once the other is a deployment, require its module, and borrow: %s"
                                .formatted(until, volume.borrowed(target, mount.isReadOnly())));
    }

    private Set<String> ownNames() {
        return Stream.concat(
                        Stream.of(project.name()),
                        project.document().get("services").stream()
                                .flatMap(services -> services instanceof Value.Entries entries
                                        ? entries.entries().keySet().stream()
                                        : Stream.of()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void path(String source, String target, Mount mount) {
        Place at = mount.at();
        if (Paths.isTimeZone(source)) {
            if (!knowsTimeZone) {
                knowsTimeZone = true;
                draft.say(Word.of(
                        "option",
                        service -> service.option(ProgramOption.NODE_TIME_ZONE),
                        ProgramOption.NODE_TIME_ZONE));
            }
            return;
        }
        if (source.startsWith("/dev/") || source.equals("/dev")) {
            if (IN_MEMORY.contains(source)) {
                project.findings()
                        .note(
                                at,
                                "%s of '%s'".formatted(source, draft),
                                "its own; limits(…sharedMemory(…)) gives it more");
            } else {
                devices.device(source, target, at);
            }
            return;
        }
        if (Paths.isSystem(source) && !(Paths.isFile(source) && !Paths.isOfMachine(source)) && !Paths.isOwn(source)) {
            hostPath(source, target, mount);
            return;
        }
        OthersVolume.at(source, ownNames())
                .ifPresent(others -> ofOthers(
                        "folder %s of another application".formatted(Holes.shown(source)),
                        others,
                        "as any other folder",
                        target,
                        mount));
        String local = local(source);
        switch (local.startsWith(".") || local.startsWith("/")
                ? project.files().kind(local)
                : ProjectFiles.Kind.NOTHING) {
            case FILE ->
                content.mount(
                        project.files().text(local, at).orElse(""), name(source, target), MountPath.of(target), at);
            case FOLDER -> folder(source, local, target, mount);
            case NOTHING -> absent(source, target, mount);
        }
    }

    private void hostPath(String source, String target, Mount mount) {
        FolderPath path = FolderPath.of(source.length() > 1 ? source.replaceFirst("/+$", "") : source);
        MountPath at = MountPath.of(target);
        Reason because = Reason.of("so in " + mount.at().file());
        HostPath host =
                mount.isReadOnly() ? HostPath.readOnly(path, at, because) : HostPath.writable(path, at, because);
        if (Paths.holdsKeys(path.value())) {
            rights.allow(Privilege.NODE_KEYS, "it has %s of its node".formatted(path));
        }
        project.findings()
                .note(
                        mount.at(),
                        "%s of the machine in '%s'".formatted(path, draft),
                        "%s of its node: look whether it needs that".formatted(path));
        hostPaths.add(Word.of("hostPath", service -> service.hostPath(host), host));
    }

    /** After the privileges that they want. */
    void sayHostPaths() {
        hostPaths.forEach(draft::say);
    }

    /** What an unset variable of the application's own folder leads to is looked for beside the source. */
    private String local(String source) {
        String beside = source.replaceFirst("^\uE000[^\uE001]*\uE001", ".");
        return Holes.isIn(source)
                        && !Holes.isIn(beside)
                        && Paths.isOwn(source)
                        && project.files().kind(beside) != ProjectFiles.Kind.NOTHING
                ? beside
                : source;
    }

    private void absent(String source, String target, Mount mount) {
        if (Paths.isDataFile(source) || Paths.isDataFile(target)) {
            throw refused(
                    mount.at(),
                    "service '%s' keeps a single file, %s".formatted(draft, source),
                    "give it the folder around the file");
        }
        if (Paths.isFile(source) || Paths.isFile(target)) {
            content.absent(source, name(source, target), MountPath.of(target), mount.at());
        } else if (Paths.isOwn(source)) {
            data(source, target, mount);
        } else {
            share(Paths.name(source), source, target, mount);
        }
    }

    /** A folder beside the source: its files are given, or what is in it is data. */
    private void folder(String source, String local, String target, Mount mount) {
        List<String> files = local.startsWith(".") ? project.files().below(local) : List.of();
        if (files.isEmpty()) {
            if (Paths.isOwn(source)) {
                data(source, target, mount);
            } else {
                share(Paths.name(source), source, target, mount);
            }
            return;
        }
        if (files.size() > MOST_FILES) {
            throw refused(
                    mount.at(),
                    "folder %s of service '%s' has more than %d files".formatted(source, draft, MOST_FILES),
                    "put them into an image");
        }
        if (!mount.isReadOnly()) {
            data(source, target, mount);
        }
        for (String file : files) {
            String path = local.replaceFirst("/+$", "") + "/" + file;
            String text = project.files().text(path, mount.at()).orElse("");
            String name = name(source + "-" + file.replace('/', '-'), target);
            MountPath place = MountPath.of(target + "/" + file);
            if (mount.isReadOnly()) {
                content.mount(text, name, place, mount.at());
            } else {
                content.seed(text, name, place, mount.at());
            }
        }
    }

    private void data(String name, String target, Mount mount) {
        if (mount.isReadOnly()) {
            project.findings()
                    .note(
                            mount.at(),
                            "volume at %s of '%s', to be read alone".formatted(target, draft),
                            "can be written too");
        }
        String key = name.contains("/") || Holes.isIn(name) ? name.replaceFirst("/+$", "") : name;
        draft.data.computeIfAbsent(key, _ -> new ArrayList<>()).add(MountPath.of(target));
        if (name.contains("/") && !name.startsWith(draft.key + "-")) {
            project.findings()
                    .note(mount.at(), "folder %s".formatted(name), "a volume; what is in the folder now is not in it");
        }
    }

    private void share(String name, String folder, String target, Mount mount) {
        ShareName share = ShareName.of(Vault.label(name));
        MountPath path = MountPath.of(target);
        shares.add(mount.isReadOnly() ? MountedShare.readOnly(share, path) : MountedShare.writable(share, path));
        project.findings().wants(new WantedShare(share, Holes.shown(folder), mount.at()));
    }

    private void memory(Value entry) {
        String text = project.plain(entry);
        int colon = text.indexOf(':');
        String size = Arrays.stream(text.substring(colon + 1).split(","))
                .filter(option -> option.startsWith("size="))
                .map(option -> option.substring("size=".length()))
                .findFirst()
                .orElse("");
        scratch(colon < 0 ? text : text.substring(0, colon), size, entry.at());
    }

    private void scratch(String target, String size, Place at) {
        String path = target.replaceFirst("/+$", "");
        if (IN_MEMORY.contains(path)) {
            return;
        }
        Optional<Memory> told = Amounts.memory(size);
        MountPath mount = MountPath.of(path);
        Memory most = told.orElse(SCRATCH);
        Word word = Word.of("scratch", service -> service.scratch(mount, most), mount, most);
        draft.say(told.isPresent() ? word : word.saying("how much is not said in " + at.file() + ", this is proposed"));
    }

    private void config(Value entry) {
        String name = entry.text("source").orElse(project.plain(entry));
        Value declared = project.variables().expanded(project.named("configs", name));
        String target = entry.get("target").map(project::plain).orElse("/" + name);
        MountPath path = MountPath.of(target.startsWith("/") ? target : "/" + target);
        Optional<String> text = declared.get("content")
                .map(value -> value instanceof Value.Scalar scalar ? scalar.value() : "")
                .or(() -> declared.get("file").flatMap(file -> project.files().text(project.plain(file), entry.at())));
        if (text.isEmpty()) {
            throw refused(
                    entry.at(),
                    "config '%s' of service '%s' has no content that is there".formatted(name, draft),
                    "put its file where it is looked for");
        }
        content.mount(text.get(), name(name, target), path, entry.at());
    }

    private void secret(Value entry) {
        String name = entry.text("source").orElse(project.plain(entry));
        String target = entry.get("target").map(project::plain).orElse(name);
        if (!target.equals(name) && !target.equals("/run/secrets/" + name)) {
            project.findings()
                    .note(
                            entry.at(),
                            "secret '%s' at %s".formatted(name, target),
                            "at /run/secrets/" + Vault.label(name));
        }
        SecretRef secret = project.vault().ofFile(name, entry.at());
        if (!secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    /** Of whoever mounts a file. */
    static Addition addition(MountedConfig<?> config) {
        boolean isSecret = config.file().content().stream().anyMatch(ConfigFile.SecretValue.class::isInstance);
        return new Addition(config, isSecret ? SecretStore.class : ContainerRuntime.class);
    }
}
