package io.chancery.crd;

import io.chancery.crd.OwnKinds.OwnKind;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes the CRDs of the own kinds from their records. */
final class CrdYaml {
  private static final String HEADER =
      "# Generated from the records of the module crd; see CONTRIBUTING.md.\n";
  private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\\n");

  /** The generator's model has limits as floating point numbers. */
  private static final Pattern WHOLE = Pattern.compile("(?m)(minimum|maximum): (\\d+)\\.0$");

  private CrdYaml() {}

  /** The text of the CRD. */
  static String of(OwnKind own) {
    try (Output output = new Output()) {
      new CRDGenerator()
          .customResourceClasses(own.type())
          .withPostProcessor(new Completion(own))
          .withOutput(output)
          .generate();
      return tidy(output.text(own));
    }
  }

  /** The CRD as a model, read from the text of {@link #of}. */
  static CustomResourceDefinition model(OwnKind own) {
    return new KubernetesSerialization().unmarshal(of(own), CustomResourceDefinition.class);
  }

  private static String tidy(String text) {
    String uncommented = COMMENT.matcher(text).replaceAll("");
    return HEADER + WHOLE.matcher(uncommented).replaceAll("$1: $2");
  }

  /** Adds what the generator cannot know. */
  private record Completion(OwnKind own) implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata crd, String version) {
      return CrdCompletion.complete(own, (CustomResourceDefinition) crd);
    }
  }

  /** Keeps what is written in memory. */
  private static final class Output implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    @Override
    public ByteArrayOutputStream outputFor(String name) {
      return written.computeIfAbsent(name, any -> new ByteArrayOutputStream());
    }

    @Override
    public void close() {}

    private String text(OwnKind own) {
      String name = CRDGenerator.getOutputName(own.crdName(), "v1");
      ByteArrayOutputStream bytes = written.get(name);
      if (bytes == null) {
        throw new IllegalStateException(name + " was not generated, but " + written.keySet());
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
