package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Since;
import io.nationtech.harmony.domain.value.DnsLeaf;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.DnsPreference;
import io.nationtech.harmony.domain.value.DnsText;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import java.util.Optional;

/** What a zone says of a name. */
public sealed interface DnsRecord {

    /** The name that it is about. */
    DnsName name();

    /** What is asked for: the name, and what stands before it. */
    default String owner() {
        return name().value();
    }

    /** The name that it leads to, where it leads to one. */
    default Optional<DnsName> leadsTo() {
        return Optional.empty();
    }

    /** Where the name is: an A or AAAA record (RFC 1035 §3.4.1, RFC 3596). */
    record Address(DnsName name, IpAddress address) implements DnsRecord {}

    /** Another name for the same thing: a CNAME record (RFC 1034 §3.6.2). */
    record Alias(DnsName name, DnsName target) implements DnsRecord {
        public Alias {
            if (name.equals(target)) {
                throw new InvalidValueException("alias '%s' stands for itself".formatted(name)).about(target);
            }
        }

        @Override
        public Optional<DnsName> leadsTo() {
            return Optional.of(target);
        }
    }

    /**
     * Where all names are that end with this one, and of which nothing is said (RFC 4592): an A or AAAA record of {@code *}.
     *
     * @param name what they end with; itself it is not meant
     */
    @Since(2)
    record Wildcard(DnsName name, IpAddress address) implements DnsRecord {
        @Override
        public String owner() {
            return "*." + name;
        }
    }

    /**
     * Who takes mail for addresses that end with the name: an MX record (RFC 5321 §5.1).
     *
     * @param server a name with an address, and no alias (RFC 2181 §10.3)
     */
    @Since(2)
    record MailServer(DnsName name, DnsPreference preference, DnsName server) implements DnsRecord {
        @Override
        public Optional<DnsName> leadsTo() {
            return Optional.of(server);
        }
    }

    /**
     * Where a service of the name is: an SRV record (RFC 2782), of weight 0.
     *
     * @param service its name and its protocol, as {@code _sip._tcp}
     * @param server a name with an address, and no alias
     */
    @Since(2)
    record Service(DnsLeaf service, DnsName name, DnsPreference preference, DnsName server, Port port)
            implements DnsRecord {
        @Override
        public String owner() {
            return "%s.%s".formatted(service, name);
        }

        @Override
        public Optional<DnsName> leadsTo() {
            return Optional.of(server);
        }
    }

    /**
     * A text for programs: a TXT record (RFC 1035 §3.3.14).
     *
     * @param leaf what stands before the name, as {@code _dmarc}; empty when it is about the name itself
     */
    @Since(2)
    record Text(Optional<DnsLeaf> leaf, DnsName name, DnsText text) implements DnsRecord {
        /** Of the name itself. */
        public Text(DnsName name, DnsText text) {
            this(Optional.empty(), name, text);
        }

        /** Of what stands before the name. */
        public Text(DnsLeaf leaf, DnsName name, DnsText text) {
            this(Optional.of(leaf), name, text);
        }

        @Override
        public String owner() {
            return leaf.map(before -> "%s.%s".formatted(before, name)).orElse(name.value());
        }
    }

    /**
     * Who may issue certificates for the name and those below it: a CAA record (RFC 8659).
     *
     * @param issuer as it calls itself, as {@code letsencrypt.org}; empty when nobody may
     */
    @Since(2)
    record CertificateIssuer(DnsName name, Certificates certificates, Optional<DnsName> issuer) implements DnsRecord {
        /** Which certificates. */
        public enum Certificates {
            /** All of them. */
            ALL,
            /** Those for all names below it at once. */
            WILDCARD
        }
    }

    /**
     * Who is asked for a smaller zone, or for this one itself: an NS record (RFC 1034 §4.2). Where a zone names nobody for itself, the nodes that
     * serve it are named.
     *
     * @param server a name with an address, and no alias
     */
    @Since(2)
    record NameServer(DnsName name, DnsName server) implements DnsRecord {
        @Override
        public Optional<DnsName> leadsTo() {
            return Optional.of(server);
        }
    }

    /** The name of an address: a PTR record (RFC 1035 §3.3.12), in a zone of {@link DnsName#reverse(io.nationtech.harmony.domain.value.Cidr)}. */
    @Since(2)
    record Pointer(IpAddress address, DnsName target) implements DnsRecord {
        @Override
        public DnsName name() {
            return DnsName.reverse(address);
        }

        @Override
        public Optional<DnsName> leadsTo() {
            return Optional.of(target);
        }
    }
}
