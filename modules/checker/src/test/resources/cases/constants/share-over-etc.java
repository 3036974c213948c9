// A share over /etc: the engine would write its hosts file onto the NAS.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MountedShare SETTINGS = MountedShare.writable(ShareName.of("settings"), «MountPath.of("/etc")»); //! share 'settings' cannot be at /etc: the container engine makes files there, which would then lie in it; mount it below, or elsewhere
    //= static final MountedShare SETTINGS = MountedShare.writable(ShareName.of("settings"), MountPath.of("/etc/site"));
}
