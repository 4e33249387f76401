package io.chancery.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.crd.OwnKinds.OwnKind;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class CrdFilesTest {
  @Test
  void holdsTheCrdOfEveryOwnKindInOrder() {
    KubernetesSerialization yaml = new KubernetesSerialization();

    assertThat(CrdFiles.all())
        .extracting(text -> yaml.unmarshal(text, CustomResourceDefinition.class))
        .extracting(crd -> crd.getMetadata().getName())
        .containsExactlyElementsOf(OwnKinds.ALL.stream().map(OwnKind::crdName).toList());
  }
}
