package io.nationtech.harmony.domain.node;

/** A parameter of the kernel that each network of a container's own has for itself: ip-sysctl and net of Linux' documents. */
@Since(6)
public enum Sysctl {
    /** 1: packets are passed on between interfaces. */
    IP_FORWARD("net.ipv4.ip_forward", 1),
    /** 1: replies to packets that a firewall marked go back the way they came, as WireGuard needs. */
    SRC_VALID_MARK("net.ipv4.conf.all.src_valid_mark", 1),
    /** Whether packets must come from where their sender is reached: 0 no, 1 by that way, 2 by any. */
    RP_FILTER("net.ipv4.conf.all.rp_filter", 2),
    /** 1: IPv6 packets are passed on between interfaces. */
    IPV6_FORWARDING("net.ipv6.conf.all.forwarding", 1),
    /** 1: no IPv6. */
    IPV6_DISABLED("net.ipv6.conf.all.disable_ipv6", 1),
    /** How many connections wait to be accepted. */
    SOMAXCONN("net.core.somaxconn", 65_535),
    /** Seconds without a packet before a connection is asked whether it lives. */
    TCP_KEEPALIVE_TIME("net.ipv4.tcp_keepalive_time", 32_767);

    private final String kernelName;
    private final int most;

    Sysctl(String kernelName, int most) {
        this.kernelName = kernelName;
        this.most = most;
    }

    /** As sysctl(8) has it. */
    public String kernelName() {
        return kernelName;
    }

    /** The greatest value. */
    int most() {
        return most;
    }
}
