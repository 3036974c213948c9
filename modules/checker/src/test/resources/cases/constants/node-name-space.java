// A space in a name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final NodeId VALUE = NodeId.of(«"node 1"»); //! node 'node 1' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'node-1'?
    //= static final NodeId VALUE = NodeId.of("node-1");
}
