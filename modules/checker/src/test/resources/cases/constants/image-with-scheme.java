// A URL where an image belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageReference VALUE = ImageReference.of(«"https://registry.example.org/site:1"»); //! 'https://registry.example.org/site:1' is not an image reference; write registry/name:tag, as in registry.example.org/site:1.2
    //= static final ImageReference VALUE = ImageReference.of("registry.example.org/site:1");
}
