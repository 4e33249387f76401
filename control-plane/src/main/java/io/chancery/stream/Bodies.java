package io.chancery.stream;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bodies of responses, so that what many streams are sent is written once; xds.md S6. Streams of
 * one fleet that are sent the same at the same time share it; the memory of it has a bound.
 */
final class Bodies {
  private static final long MAX_BYTES = 32 << 20;

  private final Cache<Key, Answer.Body> written =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_BYTES)
          .<Key, Answer.Body>weigher((_, body) -> body.bytes().size())
          .build();

  /** By content: equal names and versions give an equal body, in whichever fleet. */
  private record Key(
      Class<?> protocol,
      ClientFeatures features,
      String typeUrl,
      String version,
      Map<String, Optional<Version>> items) {}

  /** The body of a response with these items; empty values are removed. */
  Answer.Body of(
      Protocol<?> protocol,
      ClientFeatures features,
      ResourceKind kind,
      String version,
      Map<String, Optional<Resource>> items) {
    Map<String, Optional<Version>> versions = new LinkedHashMap<>();
    items.forEach((name, resource) -> versions.put(name, resource.map(Resource::version)));
    Key key = new Key(protocol.getClass(), features, kind.typeUrl(), version, versions);
    Answer.Body known = written.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Answer.Body body = protocol.write(kind, version, items, features);
    written.put(key, body);
    return body;
  }
}
