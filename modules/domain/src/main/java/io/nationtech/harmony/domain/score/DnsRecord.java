package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;

/** What a zone says of a name. */
public sealed interface DnsRecord {

    /** The name that is asked for. */
    DnsName name();

    /** Where the name is: an A or AAAA record (RFC 1035 §3.4.1, RFC 3596). */
    record Address(DnsName name, IpAddress address) implements DnsRecord {}

    /** Another name for the same thing: a CNAME record (RFC 1034 §3.6.2). */
    record Alias(DnsName name, DnsName target) implements DnsRecord {
        public Alias {
            if (name.equals(target)) {
                throw new InvalidValueException("alias '%s' stands for itself".formatted(name)).about(target);
            }
        }
    }
}
