// A label has at most 63 characters (RFC 1034 §3.1).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DeploymentName VALUE = DeploymentName.of(«"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"»); //! deployment 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' has 64 characters; a label has at most 63
    //= static final DeploymentName VALUE = DeploymentName.of("a");
}
