/**
 * What ties reasoning to its vendor, in the one field this wire has for it: `thoughtSignature`, bytes in base64. What is no base64, and
 * reasoning that its vendor keeps closed, is wrapped so that it comes back as what it was.
 */
import type { ReasoningPart } from '../../contract.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const REDACTED = 'antiphon:redacted:';
const FOREIGN = 'antiphon:signature:';

/** Null when the part carries neither. */
export function toThoughtSignature({ signature, redactedData }: ReasoningPart): string | null {
  if (redactedData !== undefined) return wrap(REDACTED, redactedData);
  if (signature === undefined) return null;
  return BASE64.test(signature) ? signature : wrap(FOREIGN, signature);
}

export function fromThoughtSignature(text: string): Omit<ReasoningPart, 'text'> {
  const bytes = Buffer.from(text, 'base64');
  if (startsWith(bytes, REDACTED)) return { redactedData: unwrap(bytes, REDACTED) };
  return { signature: startsWith(bytes, FOREIGN) ? unwrap(bytes, FOREIGN) : text };
}

function wrap(mark: string, text: string): string {
  return Buffer.from(mark + text).toString('base64');
}

function startsWith(bytes: Buffer, mark: string): boolean {
  return bytes.subarray(0, mark.length).toString('latin1') === mark;
}

function unwrap(bytes: Buffer, mark: string): string {
  return bytes.subarray(mark.length).toString('utf8');
}
