package io.nationtech.harmony.cli;

/** What the process says when it ends; the help shows these lines. */
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed: a node, a smoke test, a placement, or what was asked for is not there"),
    USAGE(2, "the command line is not understood"),
    NO_MESH(3, "the mesh cannot be reached, or refuses"),
    NO_MODULE(4, "the deployment module is not found, does not compile or cannot be loaded"),
    DIFFERENT(5, "with --exit-code, and from drift: what is differs from what is declared");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
