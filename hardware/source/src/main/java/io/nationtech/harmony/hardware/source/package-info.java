/** The port between who asks for hardware and who finds it. */
package io.nationtech.harmony.hardware.source;
