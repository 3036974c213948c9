// A C program's argument ends there.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Arguments WORDS = «Arguments.of("--name", "a\u0000b")»; //! a word of a command, 'a?b', has U+0000 in it: leave out control characters other than line feeds and tabs, or put it into a file
    //= static final Arguments WORDS = Arguments.of("--name", "a b");
}
