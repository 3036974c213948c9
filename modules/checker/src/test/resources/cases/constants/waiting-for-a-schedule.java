// Nobody can start after what is never over.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Job BACKUP = Job.named(ServiceName.of("backup"))
            .image(ImageReference.of("registry.example.org/backup:1"))
            .at(CalendarTime.of("daily"))
            .memoryLimit(Memory.mebibytes(64));
    static final Job MIGRATE = Job.named(ServiceName.of("migrate"))
            .image(ImageReference.of("registry.example.org/shop:1"))
            .once()
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/shop:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .after(«BACKUP.completed()»); //! job 'backup' runs on a schedule, daily by its node's clocks, and is never completed: only one that runs once() is
    //=     .after(MIGRATE.completed());
}
