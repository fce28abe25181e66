import type { Dialect } from '../../contract.ts';
import type { OpenAiCompatibleSettings } from '../openai-compatible/index.ts';

/** A provider that serves the Responses API beside the chat wire. */
export interface ResponsesSettings extends OpenAiCompatibleSettings {
  readonly responses: {
    /** Where it is, after the base URL; default `/responses`. */
    readonly path?: string;
    /** Base URL of this API where it is not the chat wire's (Azure's deployments). Without a slash at the end. */
    readonly baseUrl?: string;
    /** Whether a call that did not come in this dialect goes out over it; default: models that are served nowhere else. */
    readonly translates?: (model: string) => boolean;
    /** Whether input tokens can be counted at `<path>/input_tokens`; default no. */
    readonly countsTokens?: boolean;
  };
}

export const RESPONSES_DIALECT: Dialect = 'openai-responses';

/** OpenAI's models without chat completions, by the beginning of their names; snapshots included. All of them reason. */
const RESPONSES_ONLY =
  /^(?:o1-pro|o3-pro|o3-deep-research|o4-mini-deep-research|codex-mini|computer-use-preview|gpt-5(?:\.\d+)?-(?:pro|codex))/;

export function isServedByResponsesOnly(model: string): boolean {
  return RESPONSES_ONLY.test(model);
}
