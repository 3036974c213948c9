// A password in an address, which plans show.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final RestUrl SERVER = RestUrl.of(«"https://home:secret@backup.internal:8000/home/"»); //! the address of a REST server has no user or password in it; name them by login(…), as a secret
    //= static final RestUrl SERVER = RestUrl.of("https://backup.internal:8000/home/");
}
