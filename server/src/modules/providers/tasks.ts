/** Operations beside chat, each with the method of a provider that performs it. */
import { ProviderError, type CallContext, type Provider, type Task, type TaskKind, type TaskResults } from './contract.ts';

/** What a task's answer has in common whatever it is. */
export type AnyTaskResult = TaskResults[TaskKind];

const METHODS = {
  embeddings: 'embed',
  rerank: 'rerank',
  moderation: 'moderate',
  image: 'makeImages',
  speech: 'synthesizeSpeech',
  transcription: 'transcribe',
} as const satisfies Record<TaskKind, keyof Provider>;

/** For sentences: what a model of the right kind does. */
const ABILITIES: Readonly<Record<TaskKind, string>> = {
  embeddings: 'makes embeddings',
  rerank: 'ranks documents',
  moderation: 'moderates content',
  image: 'makes images',
  speech: 'speaks text',
  transcription: 'transcribes speech',
};

export function canPerform(provider: Provider, kind: TaskKind): boolean {
  return provider[METHODS[kind]] !== undefined;
}

/** `makes embeddings`, as in "a model that makes embeddings". */
export function abilityOf(kind: TaskKind): string {
  return ABILITIES[kind];
}

/** Rejects with `ProviderError`: class `invalid` where the provider has no such operation. */
export async function performTask(provider: Provider, model: string, task: Task, context: CallContext): Promise<AnyTaskResult> {
  const result = start(provider, model, task, context);
  if (result !== undefined) return result;
  const message = `${provider.displayName} has no model that ${abilityOf(task.kind)}.`;
  throw new ProviderError('invalid', message, { callerMessage: message, param: 'model' });
}

function start(provider: Provider, model: string, task: Task, context: CallContext): Promise<AnyTaskResult> | undefined {
  switch (task.kind) {
    case 'embeddings':
      return provider.embed?.(model, task.request, context);
    case 'rerank':
      return provider.rerank?.(model, task.request, context);
    case 'moderation':
      return provider.moderate?.(model, task.request, context);
    case 'image':
      return provider.makeImages?.(model, task.request, context);
    case 'speech':
      return provider.synthesizeSpeech?.(model, task.request, context);
    case 'transcription':
      return provider.transcribe?.(model, task.request, context);
  }
}
