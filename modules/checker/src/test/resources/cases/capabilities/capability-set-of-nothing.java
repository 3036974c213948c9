// A capability set without capabilities.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    «@CapabilitySet interface Empty {}» //! @CapabilitySet belongs on an interface that extends capabilities
    //= @CapabilitySet interface Empty extends DnsServer {}
}
