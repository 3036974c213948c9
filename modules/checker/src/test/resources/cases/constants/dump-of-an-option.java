// An option where the name of a database belongs.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Dump DUMP = Dump.postgres(DatabaseName.of("postgres"), DatabaseName.of(«"--all"»)); //! '--all' is not the name of a database or of a user of one; use up to 63 of A-Z, a-z, 0-9 and '_'
    //= static final Dump DUMP = Dump.postgres(DatabaseName.of("postgres"), DatabaseName.of("shop"));
}
