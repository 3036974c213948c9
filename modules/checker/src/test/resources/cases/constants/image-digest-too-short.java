// A digest of sha256 has 64 digits. Datree: VALUE_DIGEST.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageReference VALUE = ImageReference.of(«"registry.example.org/site@sha256:abc"»); //! 'registry.example.org/site@sha256:abc' is not an image reference; write registry/name:tag, as in registry.example.org/site:1.2
    //= static final ImageReference VALUE = ImageReference.of("registry.example.org/site@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}
