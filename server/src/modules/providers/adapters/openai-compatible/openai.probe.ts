import { ProviderError } from '../../contract.ts';
import { pathOf, type Outgoing } from './openai.exchange.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

const PROBE_TIMEOUT_MS = 10_000;

/** The cheapest request that tells whether the provider answers; never one that makes tokens. */
export function probeRequestOf(settings: OpenAiCompatibleSettings, signal: AbortSignal): Outgoing {
  const common = { accept: 'application/json', signal, remainingMs: PROBE_TIMEOUT_MS } as const;
  if (settings.probe !== 'refusal') return { ...common, method: 'GET', path: settings.paths?.probe ?? pathOf(settings, 'models') };
  return { ...common, method: 'POST', path: pathOf(settings, 'chat', 'probe'), body: { model: 'probe', messages: [] } };
}

/** A request without messages is answered by a refusal: only one for what it says proves that the key was taken. */
export function isSignOfLife({ probe }: Pick<OpenAiCompatibleSettings, 'probe'>, error: unknown): boolean {
  return probe === 'refusal' && error instanceof ProviderError && (error.errorClass === 'invalid' || error.errorClass === 'not-found');
}
