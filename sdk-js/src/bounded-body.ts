import { ConnectionError } from './errors.ts';

/** Chunks of a response's body as text, in order. Leaving the loop ends the request. */
export async function* readChunks(response: Response): AsyncGenerator<string, void, undefined> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  for await (const chunk of response.body) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** The body as text. Throws `ConnectionError` once it is longer than `limit` characters. */
export async function readTextWithin(response: Response, limit: number): Promise<string> {
  const chunks: string[] = [];
  let length = 0;
  for await (const chunk of readChunks(response)) {
    length += chunk.length;
    if (length > limit) {
      throw new ConnectionError(`The answer is longer than ${limit} characters. Ask for less at a time.`, { code: 'CONNECTION' });
    }
    chunks.push(chunk);
  }
  return chunks.join('');
}
