// Over what the container has of its node (Checkov CKV_K8S_27: the host's own paths).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MountPath DATA = MountPath.of(«"/proc/sys"»); //! '/proc/sys' is not a path to mount at: a container has something of its own at /proc
    //= static final MountPath DATA = MountPath.of("/var/lib/web");
}
