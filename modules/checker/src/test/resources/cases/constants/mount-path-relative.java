// Where in the container? Relative paths mean nothing there.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MountPath DATA = MountPath.of(«"var/lib/web"»); //! 'var/lib/web' is not a path to mount at; write an absolute one without '.' and '..', as in /var/lib/data; did you mean '/var/lib/web'?
    //= static final MountPath DATA = MountPath.of("/var/lib/web");
}
