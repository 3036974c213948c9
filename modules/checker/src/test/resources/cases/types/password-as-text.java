// A password in the source.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Object NAS = Repository.onShare(ShareName.of("nas"), «"correct horse"»); //! incompatible types: String cannot be converted to SecretRef
    //= static final Object NAS = Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));
}
