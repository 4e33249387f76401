/** The admin API over HTTP: what it serves, and what it needs to know. */
@NullMarked
package io.chancery.admin;

import org.jspecify.annotations.NullMarked;
