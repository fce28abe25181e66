import type { JsonObject, SpeechRequest, TranscriptionRequest } from '../../modules/providers/index.ts';
import { identityHeaders, outcomeHeaders } from '../wire/door-answer.ts';
import type { DoorCall, DoorQuery } from '../wire/door-deps.ts';
import type { FormCall } from '../wire/form-body.ts';
import { runTask, type PerformedTask } from './task-call.ts';
import { numberField, oneFile, refuse, refuseStreaming, requiredText, textField } from './task-fields.ts';

const KNOWN_SPEECH = new Set(['model', 'input', 'voice', 'response_format', 'speed', 'stream_format', 'metadata']);
const KNOWN_TRANSCRIPTION = new Set(['model', 'file', 'language', 'prompt', 'response_format', 'temperature', 'stream', 'metadata']);

/** `POST /v1/audio/speech`: the sound, whole, once its record is durable. */
export async function handleSpeech(doorCall: DoorCall): Promise<void> {
  const performed = await runTask<'speech'>(doorCall, { kind: 'speech', request: toSpeechRequest(doorCall.body.json) });
  if (performed === null) return;
  sendBytes(doorCall, performed, performed.result.mediaType, performed.result.audio);
}

function toSpeechRequest(body: JsonObject): SpeechRequest {
  if (body['stream_format'] === 'sse') throw refuse('stream_format', 'must be audio or left out: events of sound are not served');
  const format = textField(body, 'response_format');
  const speed = numberField(body, 'speed');
  const extra = beside(body, KNOWN_SPEECH);
  return {
    text: requiredText(body, 'input'),
    voice: requiredText(body, 'voice'),
    ...(format === undefined ? {} : { format }),
    ...(speed === undefined ? {} : { speed }),
    ...(extra === null ? {} : { extra }),
  };
}

/** `POST /v1/audio/transcriptions`: text in the language spoken. */
export async function handleTranscription(call: FormCall): Promise<void> {
  await transcribe(call, false);
}

/** `POST /v1/audio/translations`: text in English. */
export async function handleTranslation(call: FormCall): Promise<void> {
  await transcribe(call, true);
}

async function transcribe(call: FormCall, isTranslation: boolean): Promise<void> {
  refuseStreaming(call.body.json);
  const performed = await runTask<'transcription'>(call, { kind: 'transcription', request: toTranscriptionRequest(call, isTranslation) });
  if (performed === null) return;
  const { mediaType, text } = performed.result.body;
  sendBytes(call, performed, mediaType, Buffer.from(text));
}

function toTranscriptionRequest(call: FormCall, isTranslation: boolean): TranscriptionRequest {
  const { json } = call.body;
  const audio = oneFile(call, 'file');
  if (audio.data.length === 0) throw refuse('file', 'is empty');
  const language = textField(json, 'language');
  const prompt = textField(json, 'prompt');
  const responseFormat = textField(json, 'response_format');
  const temperature = numberField(json, 'temperature');
  const extra = beside(json, KNOWN_TRANSCRIPTION);
  return {
    audio,
    isTranslation,
    ...(language === undefined ? {} : { language }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(responseFormat === undefined ? {} : { responseFormat }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(extra === null ? {} : { extra }),
  };
}

function beside(body: JsonObject, known: ReadonlySet<string>): JsonObject | null {
  const extra = Object.fromEntries(Object.entries(body).filter(([name, value]) => !known.has(name) && value !== null));
  return Object.keys(extra).length === 0 ? null : extra;
}

function sendBytes(
  { exchange, dialect }: DoorQuery,
  { outcome }: PerformedTask<'speech' | 'transcription'>,
  mediaType: string,
  body: Buffer,
): void {
  const { response } = exchange;
  if (response.destroyed) return;
  response.writeHead(200, {
    'content-type': mediaType,
    'content-length': body.length,
    ...identityHeaders(exchange, dialect),
    ...outcomeHeaders(outcome),
  });
  response.end(body);
}
