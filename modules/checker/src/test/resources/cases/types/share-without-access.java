// Read or written? That is said, not guessed.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MountPath MEDIA = MountPath.of("/media");
    static final ShareName PHOTOS = ShareName.of("photos");
    static final Object MOUNTED = «new MountedShare(PHOTOS, MEDIA)»; //! constructor MountedShare in record MountedShare cannot be applied to given types;
    //= static final Object MOUNTED = MountedShare.readOnly(PHOTOS, MEDIA);
}
