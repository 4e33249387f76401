package io.chancery;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Types and methods of source files, as the compiler's parser sees them. */
record JavaShapes(List<Type> types, List<Method> methods) {

  /**
   * A type.
   *
   * @param name the simple name; empty for an anonymous class
   */
  record Type(String name, boolean nested, boolean isAbstract) {}

  /**
   * A method with a body.
   *
   * @param lines from its first annotation to its closing brace
   * @param annotations simple names
   */
  record Method(Type in, String name, long lines, Set<String> annotations) {}

  /** Parses the files; nothing is resolved or compiled. */
  static JavaShapes of(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaShapes shapes = new JavaShapes(new ArrayList<>(), new ArrayList<>());
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, positions, shapes).scan(unit, new Type("", false, false));
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return shapes;
  }

  private static final class Scanner extends TreePathScanner<Void, Type> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final JavaShapes shapes;

    Scanner(CompilationUnitTree unit, SourcePositions positions, JavaShapes shapes) {
      this.unit = unit;
      this.positions = positions;
      this.shapes = shapes;
    }

    @Override
    public Void visitClass(ClassTree tree, Type around) {
      boolean nested = getCurrentPath().getParentPath().getLeaf() != unit;
      Type type =
          new Type(
              tree.getSimpleName().toString(),
              nested,
              tree.getModifiers().getFlags().contains(Modifier.ABSTRACT));
      shapes.types.add(type);
      return super.visitClass(tree, type);
    }

    @Override
    public Void visitMethod(MethodTree tree, Type in) {
      if (tree.getBody() != null) {
        Set<String> annotations =
            tree.getModifiers().getAnnotations().stream()
                .map(Scanner::nameOf)
                .collect(Collectors.toSet());
        shapes.methods.add(new Method(in, tree.getName().toString(), lines(tree), annotations));
      }
      return super.visitMethod(tree, in);
    }

    private long lines(MethodTree tree) {
      long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree)) - start + 1;
    }

    private static String nameOf(AnnotationTree annotation) {
      String name = annotation.getAnnotationType().toString();
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }
}
