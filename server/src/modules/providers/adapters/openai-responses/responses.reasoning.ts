/**
 * Encrypted reasoning as neutral parts carry it. Everything opaque says where it is from, so that what one vendor signed never reaches
 * another: this wire's `encrypted_content` is marked on its way in, and what others signed is marked on its way out of our door.
 */
import type { JsonObject, JsonValue, ReasoningPart } from '../../contract.ts';
import { objectOf, parseJson } from '../../shared/json.ts';

/** Before the opaque data of a Responses API, in neutral parts. */
const OWN_MARK = 'openai-responses:';
/** Before another vendor's data, in an `encrypted_content` that our door wrote. */
const SIGNATURE_MARK = 'antiphon-signature:';
const REDACTED_MARK = 'antiphon-redacted:';
/** Before what another vendor ties to the tool call that follows (Gemini's signatures): a call's item has no field that clients keep. */
const CALL_MARK = 'antiphon-call:';
const CALL_FIELD = 'extra_content';

type Opaque = Pick<ReasoningPart, 'signature' | 'redactedData'>;

/** Reasoning with a text is signed by it; without one it is hidden. */
export function fromEncrypted(encrypted: string, text: string): Opaque {
  if (encrypted.startsWith(SIGNATURE_MARK)) return { signature: encrypted.slice(SIGNATURE_MARK.length) };
  if (encrypted.startsWith(REDACTED_MARK)) return { redactedData: encrypted.slice(REDACTED_MARK.length) };
  return text === '' ? { redactedData: OWN_MARK + encrypted } : { signature: OWN_MARK + encrypted };
}

/** The `encrypted_content` of a part that came over this wire; null for reasoning of others and for reasoning in the open. */
export function toEncrypted(part: ReasoningPart): string | null {
  const opaque = part.signature ?? part.redactedData;
  return opaque?.startsWith(OWN_MARK) === true ? opaque.slice(OWN_MARK.length) : null;
}

/** What our door tells a caller of this dialect, who hands it back with the next turn: any vendor's opaque data. Null when there is none. */
export function toDoorEncrypted(part: ReasoningPart): string | null {
  const own = toEncrypted(part);
  if (own !== null) return own;
  if (part.redactedData !== undefined) return REDACTED_MARK + part.redactedData;
  return part.signature === undefined ? null : SIGNATURE_MARK + part.signature;
}

/** Whether an `encrypted_content` is another vendor's data that our door marked. */
export function isMarkedAsForeign(encrypted: string): boolean {
  return [SIGNATURE_MARK, REDACTED_MARK, CALL_MARK].some((mark) => encrypted.startsWith(mark));
}

/** The `encrypted_content` of a reasoning item that our door puts before a call; null where nothing is tied to the call. */
export function toCallEncrypted(extra: JsonObject | undefined): string | null {
  const tied = objectOf(extra?.[CALL_FIELD]);
  return tied === null ? null : CALL_MARK + Buffer.from(JSON.stringify(tied)).toString('base64url');
}

/** The reverse: what belongs into the extra of the call that follows; null for any other item. */
export function fromCallEncrypted(encrypted: JsonValue | undefined): JsonObject | null {
  if (typeof encrypted !== 'string' || !encrypted.startsWith(CALL_MARK)) return null;
  const tied = objectOf(parseJson(Buffer.from(encrypted.slice(CALL_MARK.length), 'base64url').toString('utf8')));
  return tied === null ? {} : { [CALL_FIELD]: tied };
}
