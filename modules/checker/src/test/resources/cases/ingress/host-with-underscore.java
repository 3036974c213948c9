// A host that browsers refuse.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.ingress;
import module java.base;

class Case {
    static final HttpsUrl URL = HttpsUrl.of(DnsName.of(«"my_photos.home.example"»)); //! label of DNS name
    //= static final HttpsUrl URL = HttpsUrl.of(DnsName.of("my-photos.home.example"));
}
