import org.jspecify.annotations.NullMarked;

/**
 * Reads the corpus of mistakes and their repairs, against which the checker and the rules of the graph are held. For tests only.
 */
@NullMarked
module io.nationtech.harmony.corpus {
    requires static org.jspecify;

    exports io.nationtech.harmony.corpus;
}
