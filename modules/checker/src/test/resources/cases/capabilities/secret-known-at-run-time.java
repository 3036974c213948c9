// A secret's own value, read at run time, where its name belongs.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SecretRef PASSWORD = SecretRef.of(«System.getenv("PASSWORD")»); //! SecretRef.of takes constants only, because a plan names every secret before anything runs; data has SecretRef.parse
    //= static final SecretRef PASSWORD = SecretRef.of("password");
}
