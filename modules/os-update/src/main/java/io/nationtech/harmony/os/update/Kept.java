package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.form.FormException;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Strictness;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * What a node remembers of upgrades, over restarts of its agent and its machine.
 *
 * @param order what it is at
 * @param restarted in which boot of the machine it asked for a restart into what it was told, once that was written
 * @param failed what became of the last
 */
public record Kept(Optional<UpgradeOrder> order, Optional<String> restarted, Optional<NodeSystem.Failed> failed) {
    private static final Logger LOG = System.getLogger(Kept.class.getName());
    private static final int LONGEST = 1 << 16;

    static final Kept NOTHING = new Kept(Optional.empty(), Optional.empty(), Optional.empty());

    static Kept begun(UpgradeOrder order) {
        return new Kept(Optional.of(order), Optional.empty(), Optional.empty());
    }

    Kept restartedIn(String boot) {
        return new Kept(order, Optional.of(boot), failed);
    }

    static Kept failed(NodeSystem.Failed failed) {
        return new Kept(Optional.empty(), Optional.empty(), Optional.of(failed));
    }

    void write(Path file) throws IOException {
        DurableFile.replace(file, JSON.std.asBytes(RecordForm.of(Kept.class).write(this)));
    }

    /** What cannot be read is forgotten: an order can be given again. */
    static Kept read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!(JSON.std.anyFrom(in.readNBytes(LONGEST)) instanceof Map<?, ?> object)) {
                throw new InvalidValueException("it is not an object");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            object.forEach((name, value) -> fields.put((String) name, value));
            return RecordForm.of(Kept.class)
                    .read(fields, Strictness.IGNORE_UNKNOWN)
                    .value();
        } catch (NoSuchFileException e) {
            return NOTHING;
        } catch (JacksonException | FormException | InvalidValueException e) {
            LOG.log(Level.WARNING, "{0} cannot be read, and is forgotten: {1}", file, e.getMessage());
            return NOTHING;
        }
    }
}
