// A literal password where a reference to a secret belongs (Seven Sins).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SecretRef SECRET = «"hunter2"»; //! incompatible types: String cannot be converted to SecretRef
    //= static final SecretRef SECRET = SecretRef.of("database");
}
