import type { GraphQLESLintRule } from '@graphql-eslint/eslint-plugin';
import { buildASTSchema } from 'graphql';
import type { ASTNode, GraphQLSchema, Kind } from 'graphql';

/** What a check may look at beside the node itself. */
export interface CheckContext {
  /** The node around it: the type of a field, the field of an argument. */
  readonly parent: ASTNode | undefined;
  /** The whole contract, all files together. */
  readonly schema: GraphQLSchema;
}

/** Looks at one node; returns what is wrong and how to mend it, or null. */
export type Check<TNode extends ASTNode> = (node: TNode, context: CheckContext) => string | null;

type KindName = `${Kind}`;
type NodesByKind = { [TNode in ASTNode as `${TNode['kind']}`]: TNode };
type NodeOfKind<TKind extends KindName> = TKind extends keyof NodesByKind ? NodesByKind[TKind] : never;

/** What graphql-eslint hands to a listener, as far as we use it. */
interface LintNode {
  readonly kind: string;
  readonly name?: LintNode;
  readonly parent?: LintNode;
  readonly loc: { readonly start: { line: number; column: number }; readonly end: { line: number; column: number } };
  rawNode(): ASTNode;
}

const emptySchema = buildASTSchema({ kind: 'Document', definitions: [] } as never, { assumeValid: true });

/** An ESLint rule that runs a check on every node of some kinds and reports what it returns. */
export function defineRule<TKind extends KindName>(kinds: readonly TKind[], check: Check<NodeOfKind<TKind>>): GraphQLESLintRule {
  return {
    meta: {
      type: 'problem',
      docs: { category: 'Schema', requiresSchema: true },
      schema: [],
      messages: { wrong: '{{ what }}' },
    },
    create(context) {
      const schema = schemaOf(context) ?? emptySchema;
      const visit = (node: LintNode): void => {
        const what = check(node.rawNode() as NodeOfKind<TKind>, { parent: node.parent?.rawNode?.(), schema });
        if (what !== null) context.report({ node: { loc: (node.name ?? node).loc }, messageId: 'wrong', data: { what } });
      };
      return Object.fromEntries(kinds.map((kind) => [kind, visit]));
    },
  };
}

function schemaOf(context: object): GraphQLSchema | null {
  const { sourceCode } = context as { sourceCode: { parserServices: { schema?: GraphQLSchema | null } } };
  return sourceCode.parserServices.schema ?? null;
}
