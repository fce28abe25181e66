import type { Operation, PayloadRecord } from '../ledger/index.ts';
import { performTask, type Deployment, type ProviderCall, type Task, type TaskKind } from '../providers/index.ts';
import type { TaskAnswer } from './outcome.ts';
import type { Trace } from './trace.ts';

/** The ledger's word for a task. */
export const TASK_OPERATIONS: Readonly<Record<TaskKind, Exclude<Operation, 'CHAT'>>> = {
  embeddings: 'EMBEDDINGS',
  rerank: 'RERANK',
  moderation: 'MODERATION',
  image: 'IMAGE',
  speech: 'SPEECH',
  transcription: 'TRANSCRIPTION',
};

/** Lets the provider perform `task`, and fills `trace` with what the settlement needs. */
export async function exchangeTask(deployment: Deployment, call: ProviderCall, task: Task, trace: Trace): Promise<void> {
  const result = await performTask(deployment.provider, call.model, task, call.context);
  trace.hasAnswered = true;
  trace.usage = result.usage;
  trace.httpStatus = result.upstream.httpStatus;
  trace.upstreamRequestId = result.upstream.requestId;
  trace.upstream = result.upstream;
  trace.warnings = result.warnings;
  const answered = { kind: task.kind, result } as TaskAnswer;
  trace.answer = { kind: 'task', task: answered };
  trace.output = () => recordOf(answered);
}

/** Verdicts, ranks and texts are recorded; vectors, images and sound are large and can be made again: only their size is told. */
function recordOf(answer: TaskAnswer): { format: PayloadRecord['format']; json: string | null; sizeBytes: number } {
  switch (answer.kind) {
    case 'embeddings':
      return sizeOnly(answer.result.vectors.reduce((sum, vector) => sum + vector.length, 0));
    case 'image':
      return sizeOnly(answer.result.images.reduce((sum, image) => sum + (image.base64 ?? image.url ?? '').length, 0));
    case 'speech':
      return sizeOnly(answer.result.audio.length);
    case 'rerank':
      return json({ results: answer.result.results.map(({ index, score }) => ({ index, score })) });
    case 'moderation':
      return json({ verdicts: answer.result.verdicts });
    case 'transcription':
      return json({ text: answer.result.text });
  }
}

function json(value: unknown): { format: 'task'; json: string; sizeBytes: number } {
  const text = JSON.stringify(value);
  return { format: 'task', json: text, sizeBytes: Buffer.byteLength(text) };
}

function sizeOnly(sizeBytes: number): { format: 'task'; json: null; sizeBytes: number } {
  return { format: 'task', json: null, sizeBytes };
}

/** The text of a task's input, for estimates. */
export function taskInputText(task: Task): string {
  switch (task.kind) {
    case 'embeddings':
      return task.request.inputs.map((input) => (typeof input === 'string' ? input : '')).join('');
    case 'rerank':
      return [
        task.request.query,
        ...task.request.documents.map((document) => (typeof document === 'string' ? document : JSON.stringify(document))),
      ].join('');
    case 'moderation':
      return task.request.inputs.map((input) => (typeof input === 'string' ? input : '')).join('');
    case 'image':
      return task.request.prompt;
    case 'speech':
      return task.request.text;
    case 'transcription':
      return task.request.prompt ?? '';
  }
}
