/** From sources to a node's hardware. */
package io.nationtech.harmony.hardware.detection;
