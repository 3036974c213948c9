// Parameters of the kernel and addresses of a network that is another's.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService VPN = ContainerService.named(ServiceName.of("vpn"))
            .image(ImageReference.of("registry.example.org/vpn:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService TORRENT = ContainerService.named(ServiceName.of("torrent"))
            .image(ImageReference.of("registry.example.org/torrent:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService CARRIED = TORRENT.through(VPN);
    static final PrivateService TUNED = «CARRIED.sysctl(Sysctl.IP_FORWARD, SysctlValue.of(1))»; //! container 'torrent' goes through 'vpn', and sets net.ipv4.ip_forward; say that of 'vpn', whose network it is
    //= static final ContainerService TUNED = VPN.sysctl(Sysctl.IP_FORWARD, SysctlValue.of(1));
    static final PrivateService ALIASED = «CARRIED.hostAlias(DnsName.of("nas.example.org"), IpAddress.of("192.0.2.7"))»; //! container 'torrent' goes through 'vpn', and learns addresses otherwise; say hostAlias(…) and dnsServers(…) of 'vpn', by which both go
    //= static final ContainerService ALIASED = VPN.hostAlias(DnsName.of("nas.example.org"), IpAddress.of("192.0.2.7"));
}
