// The same as a method reference, in a class beside the deployment's.
import module io.nationtech.harmony.domain;
import module java.base;

abstract class Case implements DeploymentModule {}

final class Secrets {
    static final Function<String, SecretRef> BY_NAME = «SecretRef::parse»; //! SecretRef.parse is not for deployments, as it checks at run time only; write SecretRef.of
    //= static final SecretRef DATABASE = SecretRef.of("database");
}
