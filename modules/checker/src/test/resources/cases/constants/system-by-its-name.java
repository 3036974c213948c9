// A system by the name that people call it.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Os SYSTEM = Os.atLeast(«"Debian"», OsVersion.of("13")); //! 'Debian' is not the id of an operating system, which is of a-z, 0-9, '.', '_' and '-'; did you mean 'debian'?
    //= static final Os SYSTEM = Os.atLeast("debian", OsVersion.of("13"));
}
