/** Images, documents and sound -> `inlineData` and `fileData`. */
import type { ContentPart, MediaSource } from '../../contract.ts';
import { stringOf } from '../../shared/json.ts';
import type { Warnings } from '../../shared/warnings.ts';
import type { WirePart } from './gemini.wire.ts';

type MediaPart = Exclude<ContentPart, { type: 'text' }>;

/** Null for what cannot be sent; a warning says so. */
export function toMediaPart(part: MediaPart, warnings: Warnings): WirePart | null {
  if (part.type === 'audio') return inline(toAudioType(part.format), part.data);
  if (part.type === 'image' && (part.detail === 'low' || part.detail === 'high'))
    warnings.add(`Image detail '${part.detail}' was not sent: Gemini has no such setting for one image.`);
  if (part.type === 'document' && part.name !== undefined) warnings.add('Names of documents were not sent: Gemini has no place for them.');
  return toSourcePart(part.source, part.type, stringOf(part.extra?.['mimeType']), warnings);
}

const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+)(?:;[a-z0-9.+=-]+)*;base64,/i;

function toSourcePart(source: MediaSource, kind: 'image' | 'document', mimeType: string | null, warnings: Warnings): WirePart | null {
  switch (source.kind) {
    case 'data':
      return inline(source.mediaType, source.data);
    case 'file':
      return fileData(source.fileId, mimeType);
    case 'text':
      if (kind === 'document') return { text: source.text };
      warnings.add('An image given as text was not sent.');
      return null;
    case 'url': {
      const match = DATA_URL.exec(source.url);
      return match === null ? fileData(source.url, mimeType) : inline(match[1] as string, source.url.slice(match[0].length));
    }
  }
}

function inline(mimeType: string, data: string): WirePart {
  return { inlineData: { mimeType, data } };
}

/** Vertex AI wants a type with every URI; it is told by the ending where the caller does not tell it. */
function fileData(fileUri: string, told: string | null): WirePart {
  const mimeType = told ?? mimeTypeOf(fileUri);
  return { fileData: { ...(mimeType === null ? {} : { mimeType }), fileUri } };
}

const TYPES_BY_ENDING: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  csv: 'text/csv',
  json: 'application/json',
  mp3: 'audio/mp3',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  mov: 'video/mov',
  webm: 'video/webm',
};

/** Told by the ending; null where the ending tells none. */
export function mimeTypeOf(uri: string): string | null {
  const ending = /\.([a-z0-9]{1,5})(?:[?#].*)?$/i.exec(uri)?.[1];
  return TYPES_BY_ENDING[ending?.toLowerCase() ?? ''] ?? null;
}

/** OpenAI names a format (`wav`, `mp3`), this wire a type. */
function toAudioType(format: string): string {
  return format.includes('/') ? format : `audio/${format}`;
}
