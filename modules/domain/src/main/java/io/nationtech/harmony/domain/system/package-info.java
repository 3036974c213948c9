/** The operating system of a node, which is exchanged as a whole. */
package io.nationtech.harmony.domain.system;
