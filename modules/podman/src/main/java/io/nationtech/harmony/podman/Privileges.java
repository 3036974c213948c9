package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Privilege;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How podman is told what a container may do: podman-create(1). */
final class Privileges {
    /** What root has of the kernel's capabilities while it makes its folders its own and becomes another user. */
    private static final List<String> OF_A_START_AS_ROOT =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID");

    private Privileges() {}

    static Stream<String> flags(Set<Privilege> allowed) {
        Stream<String> always = Stream.of(
                allowed.contains(Privilege.PRIVILEGED) ? "--privileged" : "--cap-drop=all",
                allowed.contains(Privilege.HOST_NETWORK)
                        ? "--network=host"
                        // Ports below 1024 of a network of its own are nobody's privilege, as with other engines.
                        : "--sysctl=net.ipv4.ip_unprivileged_port_start=0");
        Stream<String> unlessAllowed = Stream.of(
                        allowed.contains(Privilege.ESCALATION) ? "" : "--security-opt=no-new-privileges",
                        allowed.contains(Privilege.WRITABLE_ROOT) ? "" : "--read-only")
                .filter(flag -> !flag.isEmpty());
        Stream<String> each = allowed.stream().sorted().flatMap(Privileges::flags);
        return Stream.of(always, unlessAllowed, each).flatMap(flags -> flags);
    }

    private static Stream<String> flags(Privilege privilege) {
        return switch (privilege) {
            case WRITABLE_ROOT, ESCALATION, PRIVILEGED, NODE_KEYS -> Stream.empty();
            case START_AS_ROOT -> OF_A_START_AS_ROOT.stream().map(Privileges::capability);
            case HOST_NETWORK -> Stream.of(capability("NET_BIND_SERVICE"));
            case TUN -> Stream.of("--device=/dev/net/tun");
            case FUSE -> Stream.of("--device=/dev/fuse");
            case KVM -> Stream.of("--device=/dev/kvm");
            case HOST_PROCESSES -> Stream.of("--pid=host");
            case HOST_IPC -> Stream.of("--ipc=host");
            case ANY_SYSTEM_CALL -> Stream.of("--security-opt=seccomp=unconfined");
            case UNCONFINED -> Stream.of("--security-opt=apparmor=unconfined", "--security-opt=label=disable");
            case NET_ADMIN,
                    NET_RAW,
                    SYS_NICE,
                    IPC_LOCK,
                    SYS_PTRACE,
                    PERFMON,
                    SYS_RESOURCE,
                    DAC_READ_SEARCH,
                    SYS_RAWIO,
                    SYS_MODULE,
                    SYS_TIME,
                    SYS_ADMIN -> Stream.of(capability(privilege.name()));
        };
    }

    private static String capability(String name) {
        return "--cap-add=" + name;
    }
}
