/** The core model: scores say what should be, topologies what there is, interprets how the one becomes true on the other. */
package io.nationtech.harmony.domain;
