// -1 is what chown(2) takes for "leave it".
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final UserId USER = UserId.of(«-1»); //! -1 is not the number of a user: use 0 to 2147483647
    //= static final UserId USER = UserId.of(1);
}
