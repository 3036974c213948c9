package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.UserId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads as whom a service runs and what it may do; what its image is known to do is proposed. */
final class RightsReader {
    private static final Set<String> OF_ROOT = Set.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID", "FSETID");
    /** What every container of docker has, and hardly a program uses knowingly. */
    private static final Set<String> USUAL =
            Set.of("NET_BIND_SERVICE", "KILL", "SYS_CHROOT", "SETPCAP", "SETFCAP", "AUDIT_WRITE", "MKNOD");
    /** Whose privilege has the capability's own name. */
    private static final Set<Privilege> SAME = EnumSet.of(
            Privilege.NET_ADMIN,
            Privilege.NET_RAW,
            Privilege.SYS_NICE,
            Privilege.IPC_LOCK,
            Privilege.SYS_PTRACE,
            Privilege.PERFMON,
            Privilege.SYS_TIME,
            Privilege.SYS_ADMIN,
            Privilege.SYS_RESOURCE,
            Privilege.DAC_READ_SEARCH,
            Privilege.SYS_RAWIO,
            Privilege.SYS_MODULE);

    private final Project project;
    private final Draft draft;
    private final Map<Privilege, String> privileges = new EnumMap<>(Privilege.class);
    private boolean isOrdinaryUser;

    RightsReader(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    void allow(Privilege privilege, String because) {
        privileges.putIfAbsent(privilege, because);
    }

    void read(Value service) {
        hosts(service);
        service.get("user").ifPresent(user -> project.findings().attempt(user.at(), () -> user(user)));
        if (service.get("privileged").map(Value::isTrue).orElse(false)) {
            allow(Privilege.PRIVILEGED, "so in " + draft.at.file() + ": privileged");
        }
        for (Value capability : service.get("cap_add").map(Value::items).orElse(List.of())) {
            project.findings().attempt(capability.at(), () -> capability(capability));
        }
        for (Value option : service.get("security_opt").map(Value::items).orElse(List.of())) {
            project.findings().attempt(option.at(), () -> securityOption(option));
        }
    }

    private void user(Value value) {
        String text = project.plain(value);
        String[] parts = text.split(":", 2);
        if (parts[0].isEmpty() || Holes.isIn(text)) {
            project.findings()
                    .note(
                            value.at(),
                            "user %s of '%s'".formatted(text, draft),
                            "has no value in .env: runs as its image says; user(…) says another");
            return;
        }
        Optional<Integer> user = number(parts[0]);
        Optional<Integer> group = parts.length > 1 ? number(parts[1]) : user;
        if (user.isEmpty() || group.isEmpty()) {
            throw new RefusedSourceException(
                    value.at(),
                    "user '%s' of service '%s' is no number".formatted(text, draft),
                    "write its number, and its group's, as in 1000:1000");
        }
        isOrdinaryUser = user.get() != 0;
        UserId id = UserId.of(user.get());
        GroupId groupId = GroupId.of(group.get());
        Word word = Word.of("user", one -> one.user(id, groupId), id, groupId);
        draft.say(parts.length > 1 ? word : word.saying(value.at().file() + " names no group, this is a guess"));
        if (user.get() == 0) {
            allow(Privilege.START_AS_ROOT, "it runs as root, and its files are others' too");
        }
    }

    private static Optional<Integer> number(String text) {
        return switch (text) {
            case "root" -> Optional.of(0);
            case "nobody", "nogroup" -> Optional.of(65_534);
            default -> text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        };
    }

    private void capability(Value value) {
        String name = project.plain(value).toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
        if (OF_ROOT.contains(name)) {
            allow(Privilege.START_AS_ROOT, so(value) + name);
        } else if (name.equals("ALL")) {
            allow(Privilege.PRIVILEGED, so(value) + "cap_add ALL");
        } else if (SAME.stream().anyMatch(one -> one.name().equals(name))) {
            allow(Privilege.valueOf(name), so(value) + name);
        } else if (USUAL.contains(name)) {
            project.findings()
                    .note(
                            value.at(),
                            "capability %s of '%s'".formatted(name, draft),
                            "left out: containers do without it");
        } else {
            throw new RefusedSourceException(
                    value.at(),
                    "service '%s' has capability %s, which no privilege gives alone".formatted(draft, name),
                    "leave it out, or say privileged: true");
        }
    }

    private void securityOption(Value value) {
        String text = project.plain(value);
        if (text.startsWith("no-new-privileges")) {
            if (text.endsWith("false")) {
                allow(Privilege.ESCALATION, "so in " + value.at().file());
            }
            return;
        }
        switch (text.replace('=', ':')) {
            case "seccomp:unconfined" -> allow(Privilege.ANY_SYSTEM_CALL, so(value) + text);
            case "apparmor:unconfined", "label:disable", "label:type:container_runtime_t", "label:type:spc_t" ->
                allow(Privilege.UNCONFINED, so(value) + text);
            default ->
                throw new RefusedSourceException(
                        value.at(),
                        "service '%s' changes what protects its machine: %s".formatted(draft, text),
                        "leave it out, or say privileged: true");
        }
    }

    private static String so(Value value) {
        return "so in %s: ".formatted(value.at().file());
    }

    /** Namespaces of the machine, which compose names {@code host}. */
    private void hosts(Value service) {
        service.get("pid")
                .filter(value -> value.text().equals("host"))
                .ifPresent(value -> allow(Privilege.HOST_PROCESSES, so(value) + "pid host"));
        service.get("ipc")
                .filter(value -> value.text().equals("host"))
                .ifPresent(value -> allow(Privilege.HOST_IPC, so(value) + "ipc host"));
    }

    /** What its image is known to do, unless it says itself that it does not. */
    void propose(ImageReference image, Set<String> environment) {
        Value service = draft.source;
        boolean dropsAll = service.get("cap_drop").map(Value::items).orElse(List.of()).stream()
                .anyMatch(value -> value.text().equalsIgnoreCase("all"));
        boolean isReadOnly = service.get("read_only").map(Value::isTrue).orElse(false);
        Images.needs(image, environment).forEach((privilege, because) -> {
            boolean isRefused = privilege == Privilege.START_AS_ROOT ? isOrdinaryUser || dropsAll : isReadOnly;
            if (!isRefused) {
                allow(privilege, because);
            }
        });
        privileges.forEach((privilege, because) -> {
            Reason reason = Reason.of(because);
            draft.say(Word.of("allows", one -> one.allows(privilege, reason), privilege, reason));
        });
    }
}
