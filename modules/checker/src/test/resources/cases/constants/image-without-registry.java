// A short name means another registry on every node.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageReference VALUE = ImageReference.of(«"library/nginx:1.27"»); //! image 'library/nginx:1.27' names no registry; 'library' is not a host name. Write registry/name:tag
    //= static final ImageReference VALUE = ImageReference.of("docker.io/library/nginx:1.27");
}
