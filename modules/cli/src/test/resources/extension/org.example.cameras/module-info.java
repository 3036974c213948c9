/**
 * What somebody outside the framework adds to it: a capability, a score, an extension, a kind of resource with its driver, a
 * smoke test, a rule and a topology.
 */
module org.example.cameras {
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.driver;
    requires io.nationtech.harmony.rules;

    exports org.example.cameras;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            org.example.cameras.MaskKind;
    provides io.nationtech.harmony.driver.DriverProvider with
            org.example.cameras.MaskDriver.Provider;
    provides io.nationtech.harmony.domain.spi.SmokeTestRunner with
            org.example.cameras.SeesRunner;
    provides io.nationtech.harmony.rules.Rule with
            org.example.cameras.CameraSeenTwice;
}
