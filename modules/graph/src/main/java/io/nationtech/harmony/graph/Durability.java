package io.nationtech.harmony.graph;

/** Whether something is lost for good when a resource is deleted. */
public enum Durability {
    /** It can be made again as it was. */
    STATELESS,
    /** It holds data: deleting or replacing it needs consent. */
    STATEFUL
}
