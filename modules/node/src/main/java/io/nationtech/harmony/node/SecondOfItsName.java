package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeInfo;

/** That another run of an agent has this node's name. */
record SecondOfItsName(NodeInfo own, NodeInfo first) {

    Cause cause() {
        String since = first.run().map(run -> ", since " + run.since()).orElse("");
        return own.isOnMachineOf(first)
                ? new Cause(
                        "another agent on this machine speaks for node '%s'%s. This one begins nothing more; what runs goes on"
                                .formatted(own.id(), since),
                        "node '%s', this machine".formatted(own.id()),
                        "end one of the two: `systemctl status harmony` and `pgrep -af io.nationtech.harmony.agent` show them")
                : new Cause(
                        "node '%s' is another machine already: %s%s. This one, %s, begins nothing; what runs goes on, and nobody looks after it"
                                .formatted(own.id(), first.where(), since, own.where()),
                        "node '%s', this machine".formatted(own.id()),
                        "give this machine a name of its own: empty /var/lib/harmony, set `harmony.node` (or, where the name is made of it, a machine id of its own: rm /etc/machine-id; systemd-machine-id-setup), `systemctl restart harmony`. If it is to take the other's place: end that one's agent for good, then `systemctl restart harmony` here");
    }
}
