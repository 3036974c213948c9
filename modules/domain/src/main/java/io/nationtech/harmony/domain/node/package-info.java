/** What travels between nodes and the rest: node resources, and what nodes say of themselves. A closed set of plain data. */
package io.nationtech.harmony.domain.node;
