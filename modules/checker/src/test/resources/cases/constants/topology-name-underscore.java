// An underscore in a name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final TopologyName VALUE = TopologyName.of(«"home_lab"»); //! topology 'home_lab' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'home-lab'?
    //= static final TopologyName VALUE = TopologyName.of("home-lab");
}
