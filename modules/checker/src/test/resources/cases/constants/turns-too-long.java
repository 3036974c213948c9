// Replicas whose turns last longer than from one time to the next.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ImageUpdates OFTEN = ImageUpdates.at(CalendarTime.of("hourly"));
    static final ImageUpdates SELDOM = ImageUpdates.at(CalendarTime.of("00/2:00"));
    static final ContainerService THREE = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .replicas(Replicas.of(3));
    static final ContainerService WEB = THREE.updates(«OFTEN»); //! 3 replicas take turns of 26 min to follow their tag, and 'hourly' comes again after 60 min; let it come more seldom
    //= static final ContainerService WEB = THREE.updates(SELDOM);
}
