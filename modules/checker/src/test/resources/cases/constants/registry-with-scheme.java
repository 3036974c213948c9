// A registry by its URL.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final RegistryHost REGISTRY = RegistryHost.of(«"https://registry.example.org"»); //! 'https://registry.example.org' is no registry; write its host as it stands in references, as in registry.example.org or registry.internal:5000
    //= static final RegistryHost REGISTRY = RegistryHost.of("registry.example.org");
}
