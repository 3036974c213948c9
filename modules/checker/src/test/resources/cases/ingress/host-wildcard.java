// A certificate for everything at once.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    static final HttpsUrl URL = HttpsUrl.of(DnsName.of(«"*.home.example"»)); //! label of DNS name
    //= static final HttpsUrl URL = HttpsUrl.of(DnsName.of("photos.home.example"));
}
