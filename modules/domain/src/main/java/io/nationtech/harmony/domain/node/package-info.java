/** What travels between nodes and the rest: node resources, and what nodes say of themselves. A closed set of plain data. */
@ConstantChecked
package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.check.ConstantChecked;
