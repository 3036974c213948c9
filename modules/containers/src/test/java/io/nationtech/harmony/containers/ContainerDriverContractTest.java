package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import org.junit.jupiter.api.AfterEach;

class ContainerDriverContractTest extends ResourceDriverContract<Container> {
    static final IpAddress ADDRESS = IpAddress.of("127.0.0.22");

    private final Images images = new Images();
    final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Override
    protected ResourceDriver<Container> begin() {
        return new ContainerDriver(runtime, ADDRESS, System::nanoTime);
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
        runtime.crash(deployment, resource.name());
    }

    Container container(String name, String image) {
        ImageReference reference = ImageReference.of("registry.internal/" + image);
        images.serve(reference, image);
        return Container.of(ContainerName.of(name), reference, Memory.mebibytes(64));
    }
}
