/**
 * Lets dependency-cruiser read our TypeScript. It knows TypeScript below 7 and swc, whose visitor stumbles over `using`; so Babel's
 * parser reads the file and hands over nothing but its imports: types included, wherever they stand, since a type is knowledge too.
 */
interface SyntaxNode {
  readonly type: string;
  readonly [property: string]: unknown;
}

interface ProgramPath {
  readonly node: { body: unknown[]; directives: unknown[] };
}

interface BabelTypes {
  stringLiteral(value: string): unknown;
  importDeclaration(specifiers: readonly unknown[], source: unknown): unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** The text of the module a node imports, or null when it imports none. */
function importedBy(node: SyntaxNode): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return textOf(node['source']);
    case 'TSImportType':
      return textOf(node['argument']);
    case 'TSExternalModuleReference':
      return textOf(node['expression']);
    case 'CallExpression': {
      const callee = node['callee'];
      return isNode(callee) && callee.type === 'Import' ? textOf((node['arguments'] as unknown[])[0]) : null;
    }
    default:
      return null;
  }
}

function textOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'TSLiteralType') return textOf(node['literal']);
  return node.type === 'StringLiteral' ? (node['value'] as string) : null;
}

const NOT_SYNTAX = new Set(['loc', 'start', 'end', 'range', 'extra', 'leadingComments', 'trailingComments', 'innerComments', 'tokens']);

function collectImports(node: SyntaxNode, found: Set<string>): void {
  const imported = importedBy(node);
  if (imported !== null) found.add(imported);
  for (const [property, value] of Object.entries(node)) {
    if (NOT_SYNTAX.has(property)) continue;
    if (isNode(value)) collectImports(value, found);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) collectImports(item, found);
  }
}

/** Babel plugin: leaves one bare import a module that the file names. */
function keepOnlyImports({ types }: { types: BabelTypes }) {
  return {
    visitor: {
      Program: {
        enter({ node }: ProgramPath): void {
          const found = new Set<string>();
          collectImports(node as unknown as SyntaxNode, found);
          node.directives = [];
          node.body = [...found].map((source) => types.importDeclaration([], types.stringLiteral(source)));
        },
      },
    },
  };
}

/** Babel's options for dependency-cruiser's `babelConfig`. */
export const importReader = {
  configFile: false,
  babelrc: false,
  comments: false,
  parserOpts: { sourceType: 'module', plugins: ['typescript', 'decorators-legacy', 'explicitResourceManagement'] },
  plugins: [keepOnlyImports],
};
