import type { Caller } from '../../test/matrix/caller.ts';
import { CALLERS } from '../../test/matrix/callers.ts';
import { reasoningWarnings } from '../../test/matrix/exceptions.ts';
import { FAMILIES } from '../../test/matrix/families.ts';
import type { Family } from '../../test/matrix/family.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const code = (text: string): string => `\`${text}\``;

/** What holds for every dialect in; each is a test of the matrix. */
const EVERYWHERE = [
  'text, whole and streamed',
  'tools: two calls at once, arguments streamed in pieces, results tied to their calls',
  'an image, byte for byte',
  'usage, and its cost in the ledger to the nano-dollar',
  'limits with the time to wait, requests refused as invalid, inputs that are too long, our own credential refused',
  'a stream that breaks: what had come, then an error',
] as const;

const REASONING: Readonly<Record<Family['reasoning'], readonly [shown: string, returned: string]>> = {
  signed: ['yes', 'with its signature'],
  open: ['yes', 'text (the wire signs none)'],
  hidden: ['none', 'none'],
};

const WORDS: readonly (readonly [what: string, word: keyof Caller['words']])[] = [
  ['the answer ends', 'stop'],
  ['tools are called', 'tools'],
  ['429 of the provider', 'limited'],
  ['400 of the provider', 'invalid'],
  ['the input is too long', 'long'],
  ['401 of the provider', 'unauthorized'],
  ['the stream breaks', 'broken'],
];

/** The page `docs/dialects.md`, before the formatter. */
export function renderDialectsPage(): string {
  const warned = CALLERS.flatMap((caller) =>
    FAMILIES.flatMap((family) => reasoningWarnings(caller, family).map((warning) => [caller.name, family.name, warning])),
  );
  const families = FAMILIES.map(({ name, model, reasoning }) => [name, code(model), 'yes', ...REASONING[reasoning]]);
  return `# Dialects in, wires out

Written by \`npm run docs:dialects\`; do not edit it here.

Callers of ${CALLERS.length} dialects (${CALLERS.map(({ name }) => name).join(', ')}) reach providers of ${FAMILIES.length} wires. Each of the ${CALLERS.length * FAMILIES.length} pairs
is tested by \`test/matrix\`, whole and streamed, through a server process on real sockets: what the caller is told, what the provider is sent,
and what the ledger holds.

## The same for every pair

${EVERYWHERE.map((what) => `- ${what}`).join('\n')}

## By the provider's wire

Reasoning is shown to callers of every dialect and comes back in tool loops: as \`reasoning_details\` on OpenAI's chat wire, as
\`encrypted_content\` of reasoning items on the Responses wire, as \`signature\` on Anthropic's, as \`thoughtSignature\` on Gemini's. Signatures of
Gemini's tool calls are \`extra_content\` of the call on OpenAI's chat wire.

${table(['wire', 'model in the test', 'all of the above', 'reasoning shown', 'reasoning comes back'], families)}

## Warnings

What a wire cannot say. The number of warnings is in \`x-antiphon-warnings\`, their words are in GraphQL's \`Completion.warnings\`.

${table(['dialect in', 'wire out', 'when reasoning is asked for'], warned)}

## The words of each dialect

${table(
  ['', ...CALLERS.map(({ name }) => name)],
  WORDS.map(([what, word]) => [what, ...CALLERS.map(({ words }) => code(words[word]))]),
)}
`;
}
