import org.jspecify.annotations.NullMarked;

/** Hosts deployments: loads their modules, and keeps them true for as long as the host lives. */
@NullMarked
module io.nationtech.harmony.operator {
    requires transitive io.nationtech.harmony.config;
    requires transitive io.nationtech.harmony.engine;
    requires transitive io.nationtech.harmony.rules;
    requires static org.jspecify;

    exports io.nationtech.harmony.operator;

    uses io.nationtech.harmony.domain.DeploymentModule;
}
