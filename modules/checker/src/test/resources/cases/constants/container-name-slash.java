// A slash in a name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerName VALUE = ContainerName.of(«"team/web"»); //! container 'team/web' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'team-web'?
    //= static final ContainerName VALUE = ContainerName.of("team-web");
}
