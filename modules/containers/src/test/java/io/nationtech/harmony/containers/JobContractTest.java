package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Jobs are not there as containers are until they run; for whoever asks their driver, they are all the same. */
class JobContractTest extends ResourceDriverContract<Container> {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.24");

    @TempDir
    Path state;

    private final Images images = new Images();
    private final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Override
    protected ResourceDriver<Container> begin() {
        return new ContainerDriver(
                runtime,
                ADDRESS,
                new NodeContext(
                        NodeId.of("n1"), state, state, _ -> Optional.empty(), InstantSource.system(), System::nanoTime),
                () -> {});
    }

    @Override
    protected Container first() {
        return container("web", "web:1");
    }

    @Override
    protected Container changed() {
        return container("web", "web:2");
    }

    @Override
    protected Container other() {
        return container("other", "web:1");
    }

    @Override
    protected void damage(DeploymentName deployment, Container resource) {
        try {
            Files.delete(
                    state.resolve("container/jobs").resolve(deployment.value()).resolve(resource.name() + ".job"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Container container(String name, String image) {
        ImageReference reference = ImageReference.of("registry.internal/" + image);
        images.serve(reference, image);
        return Container.of(ContainerName.of(name), reference, Memory.mebibytes(64))
                .job(JobSpec.of(Schedule.of(CalendarTime.of("yearly"))));
    }
}
