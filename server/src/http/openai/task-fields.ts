import { AntiphonError } from '../../kernel/errors/index.ts';
import type { JsonObject, JsonValue, MediaFile } from '../../modules/providers/index.ts';
import type { FormCall } from '../wire/form-body.ts';

/** A text of the body; undefined when left out. Throws INVALID_INPUT when it is something else. */
export function textField(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refuse(name, 'must be a text');
  return value;
}

export function requiredText(body: JsonObject, name: string): string {
  const value = textField(body, name);
  if (value === undefined || value === '') throw refuse(name, 'is missing');
  return value;
}

/** A number, in a form written as text. */
export function numberField(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw refuse(name, 'must be a number');
  return number;
}

export function countField(body: JsonObject, name: string, most: number): number | undefined {
  const value = numberField(body, name);
  if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > most))
    throw refuse(name, `must be an integer from 1 to ${most}`);
  return value;
}

/** Streams of these operations are not made; saying nothing would leave the client waiting for events. */
export function refuseStreaming(body: JsonObject): void {
  const { stream } = body as { stream?: JsonValue };
  if (stream === true || stream === 'true') throw refuse('stream', 'must be false or left out: this operation answers whole');
}

export function oneFile({ files }: FormCall, name: string): MediaFile {
  const [file, ...others] = files.get(name) ?? [];
  if (file === undefined) throw refuse(name, 'is missing: send the file as a part of the form with this name');
  if (others.length > 0) throw refuse(name, 'may be one file only');
  return file;
}

export function refuse(param: string, why: string): AntiphonError {
  return new AntiphonError('INVALID_INPUT', `Invalid \`${param}\`: it ${why}.`, { param, path: [param] });
}
