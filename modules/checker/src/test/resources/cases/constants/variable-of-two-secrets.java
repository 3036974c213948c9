// One variable with two secrets.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SecretEnv ENV = SecretEnv.of(EnvName.of("DB_PASSWORD"), SecretRef.of("database")).and(«EnvName.of("DB_PASSWORD")», SecretRef.of("mail")); //! variable DB_PASSWORD has the value ${database} already
    //= static final SecretEnv ENV = SecretEnv.of(EnvName.of("DB_PASSWORD"), SecretRef.of("database")).and(EnvName.of("MAIL_PASSWORD"), SecretRef.of("mail"));
}
