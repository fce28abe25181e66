/**
 * Our own rules for oxlint: what STYLE asks and no stock rule can say. Each message names the way out.
 */
interface SyntaxNode {
  readonly type: string;
  readonly [property: string]: unknown;
}

interface RuleContext {
  report(problem: { node: SyntaxNode; message: string }): void;
}

/** Calls that read the world's time or chance, and what to use instead. */
const AMBIENT_CALLS: Readonly<Record<string, string>> = {
  'Date.now': 'clock.nowMs()',
  'performance.now': 'clock.monotonicMs()',
  'Math.random': 'ids.secretBytes(), or a seed that is passed in',
  'crypto.randomUUID': 'ids.uuidv7()',
  'crypto.randomBytes': 'ids.secretBytes()',
  'crypto.getRandomValues': 'ids.secretBytes()',
  'process.hrtime': 'clock.monotonicMs()',
};

const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value;

function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Identifier') return node['name'] as string;
  if (node.type !== 'MemberExpression' || node['computed'] === true) return null;
  const object = nameOf(node['object']);
  const property = nameOf(node['property']);
  return object === null || property === null ? null : `${object}.${property}`.replace(/^globalThis\./, '');
}

/** Time and chance come in through `kernel/clock` and `kernel/ids`, so that a test can hold them still. */
const noAmbientTimeOrChance = {
  create(context: RuleContext) {
    const report = (node: SyntaxNode, what: string, instead: string): void =>
      context.report({ node, message: `${what} cannot be held still by a test. Take the clock or the ids as a parameter: ${instead}.` });
    return {
      // A reference is enough: `now: Date.now` is as ambient as the call.
      MemberExpression(node: SyntaxNode): void {
        const name = nameOf(node);
        const instead = name === null ? undefined : AMBIENT_CALLS[name];
        if (name !== null && instead !== undefined) report(node, name, instead);
      },
      NewExpression(node: SyntaxNode): void {
        const values = node['arguments'] as readonly unknown[];
        if (nameOf(node['callee']) === 'Date' && values.length === 0) report(node, 'new Date()', 'new Date(clock.nowMs())');
      },
      CallExpression(node: SyntaxNode): void {
        if (nameOf(node['callee']) === 'Date') report(node, 'Date()', 'new Date(clock.nowMs())');
      },
    };
  },
};

// oxlint-disable-next-line import/no-default-export -- oxlint takes a plugin no other way
export default { meta: { name: 'antiphon' }, rules: { 'no-ambient-time-or-chance': noAmbientTimeOrChance } };
