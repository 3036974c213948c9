// A host as a text.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    static final HttpsUrl URL = HttpsUrl.of(«"photos.home.example"»); //! incompatible types: String cannot be converted to DnsName
    //= static final HttpsUrl URL = HttpsUrl.of(DnsName.of("photos.home.example"));
}
