// The server takes the last word for a file.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final RestUrl SERVER = RestUrl.of(«"https://backup.internal:8000/home"»); //! 'https://backup.internal:8000/home' is no address of a repository; write http:// or https://, a host, a port where it is another, and a path that ends in '/'
    //= static final RestUrl SERVER = RestUrl.of("https://backup.internal:8000/home/");
}
