package io.chancery.admin;

import io.javalin.json.JsonMapper;
import java.lang.reflect.Type;
import tools.jackson.databind.SerializationFeature;

/** JSON by Jackson 3, which Javalin does not know of. The API only writes. */
final class JacksonMapper implements JsonMapper {
  private final tools.jackson.databind.json.JsonMapper json =
      tools.jackson.databind.json.JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT) // Answers are read by people, with curl.
          .build();

  @Override
  public String toJsonString(Object value, Type type) {
    return json.writeValueAsString(value) + "\n";
  }
}
