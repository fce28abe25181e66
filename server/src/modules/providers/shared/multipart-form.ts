import type { MediaFile } from '../contract.ts';

/** One field of a form; a name may repeat. */
export interface FormField {
  readonly name: string;
  readonly value: string | MediaFile;
}

/** A `multipart/form-data` body with the content type that names its boundary. */
export async function encodeForm(fields: readonly FormField[]): Promise<{ readonly contentType: string; readonly body: Buffer }> {
  const form = new FormData();
  for (const { name, value } of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([Uint8Array.from(value.data)], { type: value.mediaType }), value.name);
  }
  const encoded = new Response(form);
  return { contentType: encoded.headers.get('content-type') ?? 'multipart/form-data', body: Buffer.from(await encoded.arrayBuffer()) };
}
