import org.jspecify.annotations.NullMarked;

/**
 * What must hold between the parts of a deployment, where no single constructor sees both sides. Checked when a module is built
 * and before it is planned or deployed; touches nothing but the module's own class files.
 */
@NullMarked
module io.nationtech.harmony.rules {
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.placement;
    requires static org.jspecify;

    exports io.nationtech.harmony.rules;

    uses io.nationtech.harmony.rules.Rule;
}
