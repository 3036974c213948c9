// A name is blocked, not a page.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

class Case {
    static final Resolver NAMES = Resolver.named(ServiceName.of("names")).blocks(DnsName.of(«"https://ads.example/"»)); //! label of DNS name 'https://ads.example/': 'https://ads' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'https-ads'?
    //= static final Resolver NAMES = Resolver.named(ServiceName.of("names")).blocks(DnsName.of("ads.example"));
}
