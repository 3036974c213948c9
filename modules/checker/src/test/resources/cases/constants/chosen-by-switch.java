// A value for each environment, of which one is wrong.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final String ENVIRONMENT = "prod";

    static final Memory LIMIT = Memory.gibibytes(«switch (ENVIRONMENT) { case "dev" -> 1; default -> 0; }»); //! memory of 0 GiB is outside 1..8589934591
    //= static final Memory LIMIT = Memory.gibibytes(switch (ENVIRONMENT) { case "dev" -> 1; default -> 2; });
}
