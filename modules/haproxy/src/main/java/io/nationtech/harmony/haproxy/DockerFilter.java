package io.nationtech.harmony.haproxy;

import java.nio.file.Path;

/**
 * The configuration of haproxy before a container engine: it passes on questions of what runs, and nothing else. Pure.
 *
 * <p>What is asked must be one of these paths as it stands: whatever an engine might read as another path (an empty or a dot segment, anything
 * encoded) is none. A question has no body and does not turn its connection into something else, so that behind it nothing can be hidden; each is
 * passed on by a connection of its own.
 */
final class DockerFilter {
    /** GET and HEAD of Docker's API, with or without the version before it. Not among them: archive, attach, exec, export. */
    private static final String QUESTIONS =
            "^(/v[0-9]{1,2}\\.[0-9]{1,3})?/(_ping|version|info|events|containers/json|images/json"
                    + "|networks|volumes|containers/[A-Za-z0-9][A-Za-z0-9_.-]{0,254}/(json|logs|stats))$";

    private DockerFilter() {}

    /** @param bind where it listens, in haproxy's words */
    static String config(String bind, Path engine) {
        return """
                # Written by the node's agent; what is changed here is overwritten.
                global
                    log stderr format short daemon notice
                    maxconn 200

                defaults
                    mode http
                    log global
                    option http-server-close
                    http-reuse never
                    timeout connect 5s
                    timeout http-request 10s
                    timeout client 1h
                    timeout server 1h

                frontend listing
                    bind %1$s
                    acl question path -m reg %2$s
                    acl more req.hdr(content-length) -m found
                    acl more req.hdr(transfer-encoding) -m found
                    acl more req.hdr(upgrade) -m found
                    http-request return status 403 content-type application/json string '{"message":"this socket says what runs and changes nothing: Harmony, DockerSocket.listing()"}' if !question or more or !{ method GET HEAD }
                    default_backend engine

                backend engine
                    http-error status 503 content-type application/json string '{"message":"the container engine does not answer"}'
                    http-request del-header x-http-method -m beg
                    http-request del-header x-method -m beg
                    server engine unix@%3$s
                """.formatted(bind, QUESTIONS, engine);
    }
}
