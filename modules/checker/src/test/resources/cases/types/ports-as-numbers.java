// Which of them is the container's? Two ports are not two numbers.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PublishedPort PORT = new PublishedPort(«8080», 80); //! incompatible types: int cannot be converted to Port
    //= static final PublishedPort PORT = new PublishedPort(Port.of(8080), Port.of(80));
}
