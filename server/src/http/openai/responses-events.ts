/** The little that the door reads of event streams which it did not write itself. */
import type { JsonObject } from '../../modules/providers/index.ts';

/** The response in the last event that carries one; null when none does. */
export function responseInEvents(text: string): JsonObject | null {
  for (const line of text.split(/\r?\n/).reverse()) {
    if (!line.startsWith('data:')) continue;
    const { response } = (parse(line.slice('data:'.length)) ?? {}) as { response?: unknown };
    if (response !== null && typeof response === 'object' && !Array.isArray(response)) return response as JsonObject;
  }
  return null;
}

/** The number that the next event after these has; 0 when they have none. */
export function sequenceAfter(text: string): number {
  const numbers = [...text.matchAll(/"sequence_number":\s*(\d{1,9})/g)];
  const last = numbers.at(-1)?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

/** The events with numbers above `after`, as they are. */
export function eventsAfter(text: string, after: number): string {
  return text
    .split('\n\n')
    .filter((event) => event !== '' && sequenceAfter(event) - 1 > after)
    .map((event) => `${event}\n\n`)
    .join('');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
