// A block whose names by address are no zone of their own (RFC 2317).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsName VALUE = DnsName.reverse(«Cidr.of("10.0.0.0/20")»); //! 10.0.0.0/20 has no zone of its own for looking up names by address: its prefix is no multiple of 8; did you mean a /24, /16 or /8?
    //= static final DnsName VALUE = DnsName.reverse(Cidr.of("10.0.0.0/16"));
}
