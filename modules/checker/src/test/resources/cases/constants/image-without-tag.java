// No tag: whatever is newest. Checkov CKV_K8S_14.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageReference VALUE = ImageReference.of(«"registry.example.org/site"»); //! image 'registry.example.org/site' has neither tag nor digest; did you mean 'registry.example.org/site:1'?
    //= static final ImageReference VALUE = ImageReference.of("registry.example.org/site:1");
}
