package io.nationtech.harmony.config.file;

import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Storage;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Tasks whose containers use a file. */
final class FileUsers {
    private FileUsers() {}

    /** The task with the file beside its containers, each of which uses it in that way. */
    static Task of(Score<?> base, Task task, ConfigFile file, UnaryOperator<Storage> use) {
        if (Container.among(task.resources().stream()).findAny().isEmpty()) {
            throw new InvalidValueException("score '%s' runs no container that could have '%s': %s"
                    .formatted(base.name(), file.name(), task.main().label()));
        }
        Stream<NodeResource> using = task.resources().stream()
                .map(resource -> resource instanceof Container container
                        ? container.with(use.apply(container.storage()))
                        : resource);
        return new Task(task.workload(), Stream.concat(using, Stream.of(file)).toList());
    }
}
