package io.nationtech.harmony.hexagon;

import java.util.EnumSet;
import java.util.Set;

/** What a module is for, and so which of our modules it may require. */
enum Role {
    /** What people declare: needs the platform's base only. */
    DOMAIN,
    /** What the platform lacks: knows nothing of Harmony, and needs the platform's base only. */
    LIBRARY,
    /** Interfaces in domain terms that adapters implement. */
    PORT,
    /** What Harmony does, in terms of domain and ports. */
    APPLICATION,
    /** What must hold between the parts of a deployment; a kind of resource may bring some of its own. */
    RULES,
    /** A kind of resource: what people declare of it, and the driver that makes it so on a node. Anyone can add one. */
    KIND,
    /** Implements a port, or brings the driver of a kind, with a tool or library. */
    ADAPTER,
    /** Declares a deployment. */
    DEPLOYMENT,
    /** Writes deployments, from what other tools' files declare or as experts know them, in terms of domain and kinds. */
    TRANSLATOR,
    /** Wires adapters to the application: the only one that knows an adapter exists. */
    COMPOSITION_ROOT,
    /** Runs in the compiler and knows no other module; is in nothing that is delivered. */
    BUILD_TOOL,
    /** Helps tests; is in nothing that is delivered. */
    TEST_SUPPORT;

    Set<Role> mayRequire() {
        return switch (this) {
            case DOMAIN, LIBRARY, BUILD_TOOL -> EnumSet.noneOf(Role.class);
            case PORT -> EnumSet.of(DOMAIN, LIBRARY, PORT);
            case KIND -> EnumSet.of(DOMAIN, LIBRARY, PORT, RULES);
            case DEPLOYMENT -> EnumSet.of(DOMAIN, PORT, KIND);
            case APPLICATION -> EnumSet.of(DOMAIN, LIBRARY, PORT, APPLICATION, RULES);
            case RULES -> EnumSet.of(DOMAIN, LIBRARY, PORT, APPLICATION);
            // A driver with a tool behind it is one; its kind is what authors know.
            case ADAPTER -> EnumSet.of(DOMAIN, LIBRARY, PORT, KIND);
            case TRANSLATOR -> EnumSet.of(DOMAIN, LIBRARY, PORT, APPLICATION, KIND, RULES);
            case COMPOSITION_ROOT ->
                EnumSet.of(DOMAIN, LIBRARY, PORT, APPLICATION, ADAPTER, DEPLOYMENT, KIND, RULES, TRANSLATOR);
            case TEST_SUPPORT -> EnumSet.of(DOMAIN, LIBRARY, PORT, TEST_SUPPORT);
        };
    }

    /** Whether it may require a library that is neither ours nor the platform's. */
    boolean mayRequireVendors() {
        return switch (this) {
            case ADAPTER, TRANSLATOR, COMPOSITION_ROOT, TEST_SUPPORT -> true;
            case DOMAIN, LIBRARY, PORT, APPLICATION, RULES, KIND, DEPLOYMENT, BUILD_TOOL -> false;
        };
    }
}
