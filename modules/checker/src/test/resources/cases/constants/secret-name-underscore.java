// Environment variables have such names, secrets do not.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SecretRef VALUE = SecretRef.of(«"DB_PASSWORD"»); //! secret 'DB_PASSWORD' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'db-password'?
    //= static final SecretRef VALUE = SecretRef.of("db-password");
}
