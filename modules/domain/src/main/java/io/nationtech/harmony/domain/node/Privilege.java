package io.nationtech.harmony.domain.node;

/**
 * What a container may do beyond the least. Without any of them it cannot write to its image's files, no process of it gains rights that the one
 * which started it has not, and its root has none of the kernel's capabilities: capabilities(7).
 */
public enum Privilege {
    /**
     * It writes anywhere among its image's files, which is gone with the container. Without it, only to its volumes and, in memory, to
     * {@code /tmp}, {@code /run}, {@code /var/tmp} and {@code /dev/shm}.
     */
    WRITABLE_ROOT,
    /** A process of it may gain rights that the one which started it has not, as by sudo(8): PR_SET_NO_NEW_PRIVS(2const). */
    ESCALATION,
    /**
     * It begins as root, makes its folders its own and goes on as another user, as the entrypoints of many databases do: the capabilities
     * CHOWN, DAC_OVERRIDE, FOWNER, SETGID and SETUID.
     */
    START_AS_ROOT,
    /** Sets up interfaces, routes and firewalls of its own network, as VPNs do. */
    NET_ADMIN,
    /** Sends and reads packets of any form, as ping(8) does. */
    NET_RAW,
    /** Sets priorities of its own processes. */
    SYS_NICE,
    /** Keeps memory from being swapped out. */
    IPC_LOCK,
    /** Looks into processes of its own user, as debuggers do. */
    SYS_PTRACE,
    /** Measures the performance of the whole machine. */
    PERFMON,
    /** Has more open files, processes and locked memory than its limits say. */
    @Since(7)
    SYS_RESOURCE,
    /** Reads files whatever their permissions say, as backups of folders of the node do. */
    @Since(7)
    DAC_READ_SEARCH,
    /** Talks to disks and other devices directly, as S.M.A.R.T. readers do. */
    @Since(7)
    SYS_RAWIO,
    /** Loads modules into the kernel, which are above everything: who has it is its node's root. */
    @Since(7)
    SYS_MODULE,
    /** Sets the clock of the whole machine. */
    SYS_TIME,
    /**
     * It is on its node's network itself, without one of its own: it hears broadcasts and multicasts of the site (mDNS, DLNA, Matter), and whatever
     * it listens at is open at all addresses of the node. The ports that its service publishes are those it listens at, so that nobody else is
     * placed there; its node's own services, which listen at the loopback address, are open to it.
     */
    @Since(6)
    HOST_NETWORK,
    /** Makes interfaces of its own by {@code /dev/net/tun}, as VPNs in user space do; most want {@link #NET_ADMIN} too. */
    @Since(6)
    TUN,
    /** Offers file systems of its own by {@code /dev/fuse}; to mount them it needs {@link #SYS_ADMIN}. */
    @Since(6)
    FUSE,
    /** Runs virtual machines by {@code /dev/kvm}. */
    @Since(7)
    KVM,
    /**
     * It sees all processes of its node, may end those of its own user, and reads their environments where these can do no more than itself: also
     * those of other containers.
     */
    @Since(7)
    HOST_PROCESSES,
    /** It shares memory and queues with the processes of its node that have these: ipc_namespaces(7). */
    @Since(7)
    HOST_IPC,
    /** It makes every system call there is, where a container is kept from those that few programs need: seccomp(2). */
    @Since(7)
    ANY_SYSTEM_CALL,
    /** No profile of AppArmor's and no label of SELinux's confines it. */
    @Since(7)
    UNCONFINED,
    /** It has folders of its node in which keys lie, by {@link HostPath}: who reads them as root can become its node's root. */
    @Since(7)
    NODE_KEYS,
    /** Mounts file systems, and much else: who has it can often leave the container. */
    SYS_ADMIN,
    /**
     * All of the kernel's capabilities and all devices of its node, and nothing of the kernel is hidden from it: who has it is its node's root. For
     * what cannot be said otherwise.
     */
    @Since(6)
    PRIVILEGED
}
