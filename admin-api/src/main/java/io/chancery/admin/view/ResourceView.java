package io.chancery.admin.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * One xDS resource.
 *
 * @param version hash of its content
 * @param sizeBytes of the serialised message
 * @param origins the objects that made it, as {@code Kind namespace/name}; only with a body
 * @param body the message without secrets, as a tree; lists are without bodies
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourceView(
    String type,
    String name,
    String version,
    int sizeBytes,
    List<String> origins,
    Optional<Object> body) {}
