/** What the admin API says, as its JSON has it. */
@NullMarked
package io.chancery.admin.view;

import org.jspecify.annotations.NullMarked;
