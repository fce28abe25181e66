/** What every client is asked to do, and the sentence by which a test of it is named. The page of results is made of these. */
export const SCENARIOS = {
  answer: 'gets a whole answer',
  stream: 'gets a stream in pieces',
  tools: 'holds a conversation with a tool',
  streamedTools: 'holds the same conversation in streams',
  usage: 'reads the tokens of both',
  wrongKey: 'throws its own exception for a wrong key',
  unknownModel: 'throws its own exception for a model that is not there',
  limited: 'throws its own exception for a limit of the provider',
  repeats: 'comes back by itself when the provider is busy',
} as const;

export type Scenario = keyof typeof SCENARIOS;

/** Those that depend on the provider's wire; the rest fail before a provider is asked or are the same for all. */
export const BY_WIRE: ReadonlySet<Scenario> = new Set<Scenario>([
  'answer',
  'stream',
  'tools',
  'streamedTools',
  'usage',
  'limited',
  'repeats',
]);
