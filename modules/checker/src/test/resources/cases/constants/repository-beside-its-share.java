// A way out of the share.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final RepositoryFolder FOLDER = RepositoryFolder.of(«"../photos"»); //! '../photos' is not the name of a folder in a share; use up to 63 of A-Z, a-z, 0-9, '_' and '-'
    //= static final RepositoryFolder FOLDER = RepositoryFolder.of("photos");
}
