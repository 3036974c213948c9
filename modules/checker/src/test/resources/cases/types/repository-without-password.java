// Copies that anybody at the NAS can read.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Object NAS = «Repository.onShare»(ShareName.of("nas")); //! method onShare in interface Repository cannot be applied to given types;
    //= static final Object NAS = Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));
}
