/** Images, documents and audio -> blocks: bytes in base64, or a place in S3; the API fetches nothing else. */
import type { ContentPart, JsonObject, MediaSource, ProviderError } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { toUnsupported } from '../../shared/failure.ts';

type ImagePart = Extract<ContentPart, { type: 'image' }>;
type DocumentPart = Extract<ContentPart, { type: 'document' }>;
type AudioPart = Extract<ContentPart, { type: 'audio' }>;

const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+)(?:;[a-z0-9=-]+)*;base64,/i;
const IMAGE_FORMATS: ReadonlySet<string> = new Set(['png', 'jpeg', 'gif', 'webp']);
const DOCUMENT_FORMAT_BY_TYPE: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/markdown': 'md',
};
const DOCUMENT_FORMATS: ReadonlySet<string> = new Set(Object.values(DOCUMENT_FORMAT_BY_TYPE));
const MAX_NAME_LENGTH = 200;
const PARAM = 'messages';

/** Throws `ProviderError` for what the API cannot take: half the question must not be asked in silence. */
export function toImageBlock(part: ImagePart): JsonObject {
  const inline = toInline(part.source);
  if (inline === null) throw cannotTake('An image', part.source);
  const format = inline.mediaType === null ? suffixOf(inline.name) : inline.mediaType.replace(/^image\//, '');
  const known = format === 'jpg' ? 'jpeg' : format;
  if (!IMAGE_FORMATS.has(known))
    throw toUnsupported(`Bedrock takes images as PNG, JPEG, GIF or WebP, not ${known.slice(0, 40) || 'without a type'}.`, PARAM);
  return { image: { format: known, source: inline.source } };
}

/** `usedNames` are those of the whole request: the API refuses a name twice. */
export function toDocumentBlock(part: DocumentPart, usedNames: Set<string>): JsonObject {
  const inline = toInline(part.source);
  if (inline === null) throw cannotTake('A document', part.source);
  const format = formatOf(part, inline);
  const extra = objectOf(part.extra) ?? {};
  const context = extra['context'];
  const citations = extra['citations'];
  return {
    document: {
      format,
      name: uniqueName(part.name, format, usedNames),
      source: inline.source,
      ...(typeof context === 'string' ? { context } : {}),
      ...(objectOf(citations) === null ? {} : { citations: citations as JsonObject }),
    },
  };
}

export function toAudioBlock(part: AudioPart): JsonObject {
  return { audio: { format: part.format, source: { bytes: part.data } } };
}

interface Inline {
  readonly source: JsonObject;
  readonly mediaType: string | null;
  /** File name, where the source has one. */
  readonly name: string;
}

function toInline(source: MediaSource): Inline | null {
  switch (source.kind) {
    case 'data':
      return { source: { bytes: source.data }, mediaType: source.mediaType.toLowerCase(), name: '' };
    case 'text':
      return { source: { bytes: Buffer.from(source.text).toString('base64') }, mediaType: 'text/plain', name: '' };
    case 'file':
      return null;
    case 'url': {
      if (source.url.startsWith('s3://')) return { source: { s3Location: { uri: source.url } }, mediaType: null, name: source.url };
      const inline = DATA_URL.exec(source.url);
      if (inline === null) return null;
      return { source: { bytes: source.url.slice(inline[0].length) }, mediaType: (inline[1] as string).toLowerCase(), name: '' };
    }
  }
}

function cannotTake(what: string, source: MediaSource): ProviderError {
  const how = source.kind === 'file' ? 'as a file id' : 'by a web address';
  return toUnsupported(`${what} given ${how} cannot be sent to Bedrock, which fetches nothing: send its data, or an s3:// address.`, PARAM);
}

function formatOf(part: DocumentPart, inline: Inline): string {
  const byType = inline.mediaType === null ? undefined : DOCUMENT_FORMAT_BY_TYPE[inline.mediaType];
  const format = byType ?? (suffixOf(part.name ?? '') || suffixOf(inline.name));
  if (DOCUMENT_FORMATS.has(format)) return format;
  const told = inline.mediaType ?? format;
  throw toUnsupported(
    `Bedrock takes documents as ${[...DOCUMENT_FORMATS].join(', ')}, not as ${told.slice(0, 80) || 'a file of no known type'}.`,
    PARAM,
  );
}

function suffixOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** "The name of the document can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets." */
function uniqueName(asked: string | undefined, format: string, usedNames: Set<string>): string {
  const bare = suffixOf(asked ?? '') === format ? (asked ?? '').slice(0, -format.length - 1) : (asked ?? '');
  const clean = bare
    .replace(/[^A-Za-z0-9\s()[\]-]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
  const base = clean === '' ? 'document' : clean;
  let name = base;
  for (let count = 2; usedNames.has(name); count += 1) name = `${base} (${count})`;
  usedNames.add(name);
  return name;
}
