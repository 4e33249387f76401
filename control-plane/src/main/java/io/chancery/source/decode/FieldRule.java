package io.chancery.source.decode;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.chancery.model.Reason;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/**
 * A rule in CEL that stands at a record or a field of it. The API server has it by the CRD; here it
 * is for objects that never saw one. What it may use is what both know: the language itself, its
 * standard macros, and its functions over strings and durations. A {@code matches} would compile
 * its expression anew for each object: where a pattern can be an annotation it is one.
 *
 * @param at the field that is to blame, such as {@code .port}; empty for the whole value
 */
record FieldRule(String message, String at, Reason reason, CelRuntime.Program program) {
  private static final String SELF = "self";

  /** The API server knows the type of {@code self} and refuses a CRD whose rules do not fit it. */
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar(SELF, SimpleType.DYN)
          .build();

  private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder().build();

  static FieldRule of(ValidationRule rule) {
    try {
      CelRuntime.Program program = RUNTIME.createProgram(COMPILER.compile(rule.value()).getAst());
      return new FieldRule(rule.message(), rule.fieldPath(), reason(rule.reason()), program);
    } catch (CelValidationException | CelEvaluationException cause) {
      throw new IllegalStateException("a rule of ours is no CEL: " + rule.value(), cause);
    }
  }

  /** Whether the rule holds. One that cannot be evaluated does not, as in the API server. */
  boolean holds(Object self) {
    try {
      return Boolean.TRUE.equals(program.eval(Map.of(SELF, self)));
    } catch (CelEvaluationException cause) {
      return false;
    }
  }

  /** The reasons that a CRD can give (Kubernetes, {@code FieldValueErrorReason}). */
  private static Reason reason(String declared) {
    return switch (declared) {
      case "FieldValueRequired" -> Reason.REQUIRED;
      case "FieldValueDuplicate" -> Reason.DUPLICATE;
      default -> Reason.INVALID;
    };
  }
}
