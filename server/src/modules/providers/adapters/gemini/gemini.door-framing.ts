import { chunkTextsOf } from './gemini.events.ts';

/** Turns the events of a relayed stream into one JSON list, an element a chunk: what the wire sends to a caller who asks for no events. */
export class GeminiListFraming {
  #hasBegun = false;

  /** Elements of whole events; their text is as it came. */
  relay(events: Buffer): Buffer {
    let text = '';
    for (const chunk of chunkTextsOf(events)) {
      if (chunk.trim() === '') continue;
      text += (this.#hasBegun ? ',\r\n' : '[') + chunk;
      this.#hasBegun = true;
    }
    return Buffer.from(text);
  }

  end(): string {
    return this.#hasBegun ? ']\n' : '[]\n';
  }
}
