import org.jspecify.annotations.NullMarked;

/**
 * Names of the site on a node, by haproxy: one proxy serves those of all deployments; another leads to services of other deployments, and a third to
 * what containers may ask podman.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.haproxy {
    requires io.nationtech.harmony.certificates;
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires transitive io.nationtech.harmony.driver;
    requires transitive io.nationtech.harmony.docker.socket;
    requires transitive io.nationtech.harmony.endpoint;
    requires transitive io.nationtech.harmony.ingress;
    requires static org.jspecify;

    exports io.nationtech.harmony.haproxy;

    provides io.nationtech.harmony.driver.DriverProvider with
            io.nationtech.harmony.haproxy.DockerSocketDriver,
            io.nationtech.harmony.haproxy.EndpointDriver,
            io.nationtech.harmony.haproxy.HaproxyDriver;
}
