// Where it is on the NAS is not what it is called.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ShareName PHOTOS = ShareName.of(«"/mnt/nas/photos"»); //! share '/mnt/nas/photos' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'mnt-nas-photos'?
    //= static final ShareName PHOTOS = ShareName.of("photos");
}
