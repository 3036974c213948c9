// A name that is no label.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final NodeClassName KIND = NodeClassName.of(«"Pi5"»); //! node class 'Pi5' is not a label: use up to 63 of a-z, 0-9 and '-', '-' not at an end
    //= static final NodeClassName KIND = NodeClassName.of("pi5");
}
