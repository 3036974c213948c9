// A TXT record that was copied with its line breaks.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DnsText VALUE = DnsText.of(«"v=DKIM1; k=rsa;\np=MIIB"»); //! the text of a TXT record has U+000A in it; write one line without control characters
    //= static final DnsText VALUE = DnsText.of("v=DKIM1; k=rsa; p=MIIB");
}
