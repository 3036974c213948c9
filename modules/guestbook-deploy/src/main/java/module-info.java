import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.guestbook.Guestbook;
import org.jspecify.annotations.NullMarked;

/** The second example: a guest book with its database, a name, HTTPS and copies of its data. */
@NullMarked
module io.nationtech.harmony.guestbook {
    requires io.nationtech.harmony.backup;
    requires io.nationtech.harmony.config.file;
    requires io.nationtech.harmony.ingress;
    requires static org.jspecify;

    provides DeploymentModule with
            Guestbook;
}
