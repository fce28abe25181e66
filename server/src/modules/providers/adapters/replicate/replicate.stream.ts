/** The events of a prediction's stream -> our parts: `output` holds text as it is, `error` ends it badly, `done` ends it. */
import type { ProviderError, StreamPart, UpstreamResponse } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';
import type { Translator } from '../../shared/wire-client.ts';

export interface StreamOptions {
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
  readonly id: string;
  readonly model: string | null;
  readonly createdAtSeconds: number | null;
  toDataError(text: string): ProviderError;
  toMalformedError(detail: string): ProviderError;
}

/** The choice is left open: how the prediction ended is asked for after its stream. */
export class ReplicateStreamTranslator implements Translator {
  #parts: StreamPart[];
  readonly #options: StreamOptions;
  #isComplete = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    const { id, model, createdAtSeconds, upstream, warnings } = options;
    this.#parts = [{ type: 'response-start', id, model, createdAtSeconds, systemFingerprint: null, serviceTier: null, upstream, warnings }];
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  takeParts(): readonly StreamPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  read(events: Buffer): void {
    for (const { type, data } of readEvents(events)) {
      if (this.#isComplete) return;
      if (type === 'error') throw this.#options.toDataError(errorTextOf(data));
      if (type === 'done') this.#isComplete = true;
      else if (type === 'output' && data !== '') this.#parts.push({ type: 'text-delta', choice: 0, text: data });
    }
  }

  end(): void {
    if (!this.#isComplete) throw this.#options.toMalformedError('the stream ended within its answer');
  }
}

/** `{"detail": "…"}`, or the sentence itself. */
function errorTextOf(data: string): string {
  return stringOf(objectOf(parseJson(data))?.['detail']) ?? data;
}
