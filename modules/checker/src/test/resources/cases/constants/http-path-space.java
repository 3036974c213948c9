// A space must be encoded.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HttpPath VALUE = HttpPath.of(«"/a b"»); //! '/a b' is not an HTTP path: begin with '/', percent-encode what RFC 3986 does not allow
    //= static final HttpPath VALUE = HttpPath.of("/a%20b");
}
