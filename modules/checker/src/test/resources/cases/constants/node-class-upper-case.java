// A name that is no label.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final NodeClassName KIND = NodeClassName.of(«"Pi5"»); //! node class 'Pi5' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'pi5'?
    //= static final NodeClassName KIND = NodeClassName.of("pi5");
}
