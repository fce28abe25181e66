import { SCENARIOS, type Scenario } from '../../test/clients/scenarios.ts';
import type { ClientResult, Kind } from './results.ts';
import { packageOf, pinnedVersions } from './versions.ts';

const COLUMNS: Readonly<Record<Scenario, string>> = {
  answer: 'answer',
  stream: 'stream',
  tools: 'tools',
  streamedTools: 'tools, streamed',
  usage: 'usage',
  wrongKey: 'wrong key',
  unknownModel: 'unknown model',
  limited: '429',
  repeats: 'retry',
};

/** docs/clients.md: which client did what, when it was run last as a whole. */
export function renderClientsPage(results: readonly ClientResult[]): string {
  const scenarios = Object.keys(SCENARIOS) as Scenario[];
  const ofKind = (kind: Kind): readonly ClientResult[] => results.filter((result) => result.kind === kind);
  const clients = (kind: Kind): string =>
    table(['client', 'version', ...scenarios.map((scenario) => COLUMNS[scenario])], ofKind(kind), kind, scenarios);
  return [
    '# Clients that are proven',
    '<!-- Written by `npm run test:clients` when every client is installed and passes. Do not edit. -->',
    'Programs of others, unchanged, at the doors of a server of their own, over loopback. Behind the server is a provider made by us: ' +
      'each client is asked the same over one that speaks OpenAI’s wire and over one that speaks Anthropic’s. ' +
      '`yes` counts the tests that passed; `–` is not for this client.',
    '## JavaScript',
    clients('JavaScript'),
    '## Python',
    clients('Python'),
    '## Agent programs',
    'Each works by itself, without a terminal: a scripted model asks it to write a file by a tool of its own; the file is there, the ' +
      'program ends well, and every call is settled in the ledger.',
    table(['program', 'version', 'over OpenAI’s wire', 'over Anthropic’s wire'], ofKind('agent'), 'agent', ['openai', 'anthropic']),
    '## What the columns mean',
    ...scenarios.map((scenario) => `- **${COLUMNS[scenario]}**: ${SCENARIOS[scenario]}.`),
    '## Where to point a client',
    '| client | base URL |\n| --- | --- |\n' +
      '| OpenAI’s and those that take its base URL; Vercel’s, of Anthropic too | `https://<server>/v1` |\n' +
      '| Anthropic’s, Google’s, Mistral’s, Groq’s, Ollama’s | `https://<server>` |\n' +
      '| OpenRouter’s | `https://<server>/api/v1` |',
    '## What is not for a client',
    '- Ollama’s clients have no retries of their own.',
    '- `llama-index-llms-openai` refuses names of models that are not OpenAI’s: it is asked over OpenAI’s wire only, by bare names. ' +
      '`llama-index-llms-openai-like` is its sibling for all others.',
    '',
  ]
    .join('\n\n')
    .replaceAll(/\n\n(?=- )/g, '\n');
}

function table(head: readonly string[], results: readonly ClientResult[], kind: Kind, scenarios: readonly string[]): string {
  const versions = pinnedVersions(kind);
  const rows = results.map(({ name, scenarios: ran }) => {
    const cells = scenarios.map((scenario) => {
      const states = ran.get(scenario);
      return states === undefined ? '–' : `${states.every((state) => state === 'passed') ? 'yes' : 'no'} ${states.length}`;
    });
    return [`\`${name}\``, versions.get(packageOf(name)) ?? '?', ...cells];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
