import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Scope } from '../../modules/identity/index.ts';
import type { JsonObject, MediaFile } from '../../modules/providers/index.ts';
import { readBody } from '../body.ts';
import type { DoorCall } from './door-deps.ts';
import type { Endpoint } from './door-guard.ts';

/** A POST of `multipart/form-data`: `body.json` holds its texts (a list where a field repeats), `files` its files. */
export interface FormCall extends DoorCall {
  /** By field name; `image[]` counts as `image`. */
  readonly files: ReadonlyMap<string, readonly MediaFile[]>;
}

/** More fields than any endpoint knows. */
const MAX_FIELDS = 200;

/** An endpoint that reads a form first. */
export function withForm(scope: Scope, handle: (call: FormCall) => void | Promise<void>): Endpoint {
  return {
    scope,
    handle: async (query) => {
      const contentType = query.exchange.request.headers['content-type'] ?? '';
      if (!contentType.toLowerCase().startsWith('multipart/form-data'))
        throw new AntiphonError('INVALID_INPUT', 'Send this as a form: "content-type: multipart/form-data", with its file as a part.');
      const raw = await readBody(query.exchange.request, query.deps.maxBodyBytes);
      const { texts, files } = await parseForm(raw, contentType);
      const description = [...files].map(([name, list]) => [name, list.map(({ name: file, data }) => ({ file, bytes: data.length }))]);
      const text = JSON.stringify({ ...texts, ...Object.fromEntries(description) });
      await handle({ ...query, raw, body: { json: texts, text }, files });
    },
  };
}

async function parseForm(raw: Buffer, contentType: string): Promise<{ texts: JsonObject; files: Map<string, MediaFile[]> }> {
  let form: FormData;
  try {
    form = await new Response(Uint8Array.from(raw), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new AntiphonError(
      'INVALID_INPUT',
      'The body is not the form that its content type says. Check the boundary and that it is whole.',
    );
  }
  const texts: Record<string, string | string[]> = {};
  const files = new Map<string, MediaFile[]>();
  let count = 0;
  for (const [field, value] of form) {
    count += 1;
    if (count > MAX_FIELDS) throw new AntiphonError('INVALID_INPUT', `The form has more than ${MAX_FIELDS} fields.`);
    const name = field.endsWith('[]') ? field.slice(0, -2) : field;
    if (typeof value === 'string') addText(texts, name, value);
    else files.set(name, [...(files.get(name) ?? []), await toMediaFile(value)]);
  }
  return { texts, files };
}

function addText(texts: Record<string, string | string[]>, name: string, value: string): void {
  const before = Object.hasOwn(texts, name) ? texts[name] : undefined;
  Object.defineProperty(texts, name, {
    value: before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value],
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

async function toMediaFile(file: File): Promise<MediaFile> {
  return {
    name: file.name,
    mediaType: file.type === '' ? 'application/octet-stream' : file.type,
    data: Buffer.from(await file.arrayBuffer()),
  };
}
