// A path begins with a slash (RFC 3986 §3.3).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HttpPath VALUE = HttpPath.of(«"health"»); //! 'health' is not an HTTP path: begin with '/', percent-encode what RFC 3986 does not allow; did you mean '/health'?
    //= static final HttpPath VALUE = HttpPath.of("/health");
}
