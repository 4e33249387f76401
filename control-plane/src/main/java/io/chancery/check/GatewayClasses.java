package io.chancery.check;

import io.chancery.crd.Kinds;
import io.chancery.crd.gateway.GatewayClassSpec;
import io.chancery.model.Checked;
import io.chancery.model.Problem;
import io.chancery.model.Reason;
import io.chancery.model.Ref;
import io.chancery.source.Declared;

/** GatewayClasses: which are ours, and which fleet serves them. */
public final class GatewayClasses {
  /** What a GatewayClass names to be ours. */
  public static final String CONTROLLER = "chancery.io/gateway-controller";

  /** The fleet of a class without parameters. */
  public static final String DEFAULT_FLEET = "default";

  private GatewayClasses() {}

  /** True if the class is for us to serve. */
  public static boolean isOurs(Declared<GatewayClassSpec> declared) {
    return declared.spec().controllerName().equals(CONTROLLER);
  }

  /** The fleet that serves a class of ours. */
  public static Checked<String> fleet(Ref ref, Declared<GatewayClassSpec> declared) {
    GatewayClassSpec.ParametersReference parameters = declared.spec().parametersRef();
    if (parameters == null) {
      return Checked.ok(DEFAULT_FLEET);
    }
    if (!parameters.group().equals(Kinds.GROUP) || !parameters.kind().equals(Kinds.FLEET.name())) {
      return Checked.rejected(
          new Problem(
              ref,
              "spec.parametersRef",
              Reason.INVALID_KIND,
              "%s %s cannot configure a class; a Fleet of %s can"
                  .formatted(parameters.group(), parameters.kind(), Kinds.GROUP)));
    }
    return Checked.ok(parameters.name());
  }
}
