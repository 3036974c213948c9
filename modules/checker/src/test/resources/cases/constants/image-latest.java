// latest floats. KubeLinter: latest-tag; Polaris: tagNotSpecified.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageReference VALUE = ImageReference.of(«"registry.example.org/site:latest"»); //! image 'registry.example.org/site:latest' floats: 'latest' means something else on every node and day. Name a version or a digest
    //= static final ImageReference VALUE = ImageReference.of("registry.example.org/site:1.2");
}
