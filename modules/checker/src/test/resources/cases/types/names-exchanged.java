// A deployment's name where a service's belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = «DeploymentName.of("web")»; //! incompatible types: DeploymentName cannot be converted to ServiceName
    //= static final ServiceName NAME = ServiceName.of("web");
}
