package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.ResourceDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Jobs are not there as containers are until they run; for whoever asks their driver, they are all the same. */
class JobContractTest extends ContainerDriverContractTest {

    @TempDir
    Path state;

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
    protected void damage(DeploymentName deployment, Container resource) {
        try {
            Files.delete(
                    state.resolve("container/jobs").resolve(deployment.value()).resolve(resource.name() + ".job"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Container container(String name, String image) {
        return super.container(name, image).job(JobSpec.of(Schedule.of(CalendarTime.of("yearly"))));
    }
}
