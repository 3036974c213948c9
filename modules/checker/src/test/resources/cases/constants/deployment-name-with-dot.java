// A dot would be two tokens of a subject.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final DeploymentName VALUE = DeploymentName.of(«"web.v2"»); //! deployment 'web.v2' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'web-v2'?
    //= static final DeploymentName VALUE = DeploymentName.of("web-v2");
}
