import org.jspecify.annotations.NullMarked;

/**
 * The one form of a record: what travels, what is compared and what is shown of it come from its components. Knows no JSON: a
 * form is made of maps, lists, texts, whole numbers and truth values.
 */
@NullMarked
module io.nationtech.harmony.form {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.form;
}
