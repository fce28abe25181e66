/** `POST /audio/speech`, `/audio/transcriptions` and `/audio/translations`: our request → theirs, their answer → ours. */
import type { ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type {
  JsonObject,
  JsonValue,
  SpeechRequest,
  SpeechResult,
  TranscriptionRequest,
  TranscriptionResult,
  UpstreamResponse,
  Usage,
} from '../../contract.ts';
import { countOf, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import type { FormField } from '../../shared/multipart-form.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { hasError } from './openai.response.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

export const SPEECH_PATH = '/audio/speech';

const NO_USAGE = {
  inputTokens: 0,
  cachedReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 0,
} as const;

type Settings = Pick<OpenAiCompatibleSettings, 'displayName'>;

export function toSpeechBody(model: string, { text, voice, format, speed, extra }: SpeechRequest): JsonObject {
  return {
    ...extra,
    model,
    input: text,
    voice,
    ...(format === undefined ? {} : { response_format: format }),
    ...(speed === undefined ? {} : { speed }),
  };
}

/** Sound comes without a count: it is billed by the characters that were spoken, where the model is. */
export function toSpeechResult(
  settings: Settings,
  answer: { readonly upstream: UpstreamResponse; readonly headers: ResponseHeaders; readonly body: Buffer },
  request: SpeechRequest,
): SpeechResult {
  const { upstream, headers, body } = answer;
  const mediaType = headers['content-type'] ?? 'application/octet-stream';
  if (mediaType.startsWith('application/json')) {
    const told = objectOf(parseJson(body.toString('utf8')));
    if (told !== null && hasError(told)) throw fromErrorData(settings.displayName, upstream, told);
    throw malformed(settings.displayName, upstream, 'the body is JSON where sound was asked for', body.toString('utf8'));
  }
  if (body.length === 0) throw malformed(settings.displayName, upstream, 'the body is empty where sound was asked for');
  const usage: Usage = { ...NO_USAGE, units: { characters: charactersIn(request.text) }, raw: null };
  return { model: null, audio: body, mediaType, usage, upstream, warnings: [] };
}

export function transcriptionPath({ isTranslation }: TranscriptionRequest): string {
  return isTranslation ? '/audio/translations' : '/audio/transcriptions';
}

export function toTranscriptionForm(model: string, request: TranscriptionRequest): readonly FormField[] {
  const { audio, language, prompt, responseFormat, temperature, extra } = request;
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['model', model],
    ['language', language],
    ['prompt', prompt],
    ['response_format', responseFormat],
    ['temperature', temperature === undefined ? undefined : String(temperature)],
  ];
  return [
    { name: 'file', value: audio },
    ...texts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    ...Object.entries(extra ?? {}).flatMap(([name, value]) => toFields(name, value)),
  ];
}

/** A list repeats its field. */
function toFields(name: string, value: JsonValue): FormField[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((item) => toFields(name, item));
  return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }];
}

export function toTranscriptionResult(
  settings: Settings,
  answer: { readonly upstream: UpstreamResponse; readonly headers: ResponseHeaders; readonly body: Buffer },
): TranscriptionResult {
  const { upstream, headers, body } = answer;
  const text = body.toString('utf8');
  const mediaType = headers['content-type'] ?? 'application/json';
  const json = mediaType.includes('json') ? objectOf(parseJson(text)) : null;
  if (json !== null && hasError(json)) throw fromErrorData(settings.displayName, upstream, json);
  const isText = !mediaType.includes('json') && !mediaType.includes('html');
  const spoken = json === null ? (isText ? text : null) : stringOf(json['text']);
  if (spoken === null) throw malformed(settings.displayName, upstream, 'the body holds no text', text);
  const durationSeconds = numberOf(json?.['duration']);
  return {
    model: null,
    text: spoken,
    language: stringOf(json?.['language']),
    durationSeconds,
    body: { mediaType, text },
    usage: toTranscriptionUsage(objectOf(json?.['usage']), durationSeconds),
    upstream,
    warnings: [],
  };
}

/**
 * Newer models count tokens (`input_tokens` holds those of the sound and of the prompt), older ones seconds; subtitles tell neither.
 * Begun seconds count whole.
 */
function toTranscriptionUsage(raw: JsonObject | null, durationSeconds: number | null): Usage | null {
  const input = countOf(raw?.['input_tokens']);
  const output = countOf(raw?.['output_tokens']);
  if (input !== null || output !== null) {
    const audioInputTokens = Math.min(countOf(objectOf(raw?.['input_token_details'])?.['audio_tokens']) ?? 0, input ?? 0);
    const totalTokens = (input ?? 0) + (output ?? 0);
    return { ...NO_USAGE, inputTokens: (input ?? 0) - audioInputTokens, audioInputTokens, outputTokens: output ?? 0, totalTokens, raw };
  }
  const seconds = numberOf(raw?.['seconds']) ?? durationSeconds;
  return seconds === null ? null : { ...NO_USAGE, units: { audioSeconds: Math.ceil(seconds) }, raw };
}

/** Code points, as vendors bill them. */
function charactersIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count += 1;
  return count;
}
