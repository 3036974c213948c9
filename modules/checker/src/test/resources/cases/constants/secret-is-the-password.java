// The password itself where its name belongs (Seven Sins: hard-coded secret).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final SecretRef VALUE = SecretRef.of(«"pa55w0rd!&"»); //! secret 'pa55w0rd!&' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'pa55w0rd'?
    //= static final SecretRef VALUE = SecretRef.of("database");
}
