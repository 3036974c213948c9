// A repository is in lower case.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageReference VALUE = ImageReference.of(«"registry.example.org/Site:1"»); //! 'registry.example.org/Site:1' is not an image reference; write registry/name:tag, as in registry.example.org/site:1.2
    //= static final ImageReference VALUE = ImageReference.of("registry.example.org/site:1");
}
