import { Kind, print, stripIgnoredCharacters, visit } from 'graphql';
import type { DefinitionNode, DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';

/** A document file as graphql-codegen hands it to plugins. */
export interface OperationFile {
  readonly document?: DocumentNode | undefined;
}

/** One operation of the SDKs. */
export interface SdkOperation {
  /** As in the document: `CompletionCreate`. */
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly node: OperationDefinitionNode;
  /** The one root field; its value is what the method returns. */
  readonly rootField: FieldNode;
  /** The operation and the fragments it needs, without needless characters. */
  readonly text: string;
}

/** The operations of all files by name, and their fragments. Throws when one is anonymous or selects several root fields. */
export function collectOperations(files: readonly OperationFile[]): {
  operations: SdkOperation[];
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
} {
  const definitions: readonly DefinitionNode[] = files.flatMap((file) => file.document?.definitions ?? []);
  const fragments = new Map(
    definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node): [string, FragmentDefinitionNode] => [node.name.value, node]),
  );
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION).map((node) => toOperation(node, fragments));
  return { operations: operations.toSorted((one, other) => (one.name < other.name ? -1 : 1)), fragments };
}

function toOperation(node: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): SdkOperation {
  const name = node.name?.value;
  if (name === undefined) throw new Error('An SDK operation has no name. Name it after its root field.');
  const [rootField, ...others] = node.selectionSet.selections;
  if (rootField?.kind !== Kind.FIELD || others.length > 0) {
    throw new Error(`The SDK operation ${name} must select one root field, because its method returns the value of that field.`);
  }
  const parts = [node, ...fragmentsOf(node, fragments).values()].map((part) => print(part));
  return { name, kind: node.operation, node, rootField, text: stripIgnoredCharacters(parts.join('\n')) };
}

function fragmentsOf(
  node: OperationDefinitionNode | FragmentDefinitionNode,
  all: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Map<string, FragmentDefinitionNode>(),
): Map<string, FragmentDefinitionNode> {
  visit(node, {
    FragmentSpread(spread) {
      const fragment = all.get(spread.name.value);
      if (fragment === undefined) throw new Error(`There is no fragment ${spread.name.value}.`);
      if (found.has(spread.name.value)) return;
      found.set(spread.name.value, fragment);
      fragmentsOf(fragment, all, found);
    },
  });
  return found;
}
