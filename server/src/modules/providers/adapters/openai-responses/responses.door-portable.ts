/** Items of an earlier answer on their way to a provider that does not know it. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { isMarkedAsForeign } from './responses.reasoning.ts';

/** Reasoning that another vendor signed and our door handed out: a Responses API would refuse it. */
export function isForeignReasoning(item: JsonValue): boolean {
  const { type, encrypted_content: encrypted } = objectOf(item) ?? {};
  return type === 'reasoning' && typeof encrypted === 'string' && isMarkedAsForeign(encrypted);
}

/** Items without what refers to something kept elsewhere: ids, and reasoning that is there by its id only. */
export function toPortableItems(items: readonly JsonValue[]): readonly JsonObject[] {
  return items.flatMap((value) => {
    const { id: _id, ...item } = objectOf(value) ?? {};
    if (item['type'] === 'reasoning' && (typeof item['encrypted_content'] !== 'string' || isForeignReasoning(item))) return [];
    return [item];
  });
}
