// The door for data, used to get round the check of a constant.
import module io.nationtech.harmony.domain;
import module java.base;

abstract class Case implements DeploymentModule {
    static final SecretRef PASSWORD = «SecretRef.parse(System.getenv("PASSWORD"))»; //! SecretRef.parse is not for deployments, as it checks at run time only; write SecretRef.of
    //= static final SecretRef PASSWORD = SecretRef.of("password");
}
