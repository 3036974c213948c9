// For how long?
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/shop:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Repository.OnShare NAS = Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));
    static final Schedule NIGHTLY = Schedule.of(CalendarTime.of("02:30"));
    static final Keep WEEK = Keep.days(7);
    static final Volume ORDERS = Volume.of(DataName.of("orders"), MountPath.of("/data"));
    static final Object WHOLE = WEB.volumes(ORDERS).with(«BackedUp.to»(NAS, NIGHTLY)); //! no suitable method found for to(Repository.OnShare,Schedule)
    //= static final Object WHOLE = WEB.volumes(ORDERS).with(BackedUp.to(NAS, NIGHTLY, WEEK));
}
