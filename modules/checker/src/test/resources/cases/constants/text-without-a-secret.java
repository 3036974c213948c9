// A text for secrets in which the password itself stands.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SecretEnv ENV = SecretEnv.of(EnvName.of("DATABASE_URL"), «SecretText.of(EnvText.of("postgres://app:hunter2@db/shop"))»); //! the value of variable DATABASE_URL has no secret in it: say it by env(…)
    //= static final SecretEnv ENV = SecretEnv.of(EnvName.of("DATABASE_URL"), SecretText.of(EnvText.of("postgres://app:")).inUrl(SecretRef.of("database")).and(EnvText.of("@db/shop")));
}
