// Relative to what? podman-run(1) wants an absolute path.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final FolderPath FOLDER = FolderPath.of(«"srv/app"»); //! 'srv/app' is not a folder in a container; write an absolute path without '.' and '..', as in /usr/src/app
    //= static final FolderPath FOLDER = FolderPath.of("/srv/app");
}
