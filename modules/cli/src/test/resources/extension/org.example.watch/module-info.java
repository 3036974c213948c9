/** A deployment by somebody who uses what somebody else added. */
module org.example.watch {
    requires org.example.cameras;

    provides io.nationtech.harmony.domain.DeploymentModule with
            org.example.watch.Watch;
}
