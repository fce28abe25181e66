import {
  ProviderError,
  type CallContext,
  type Provider,
  type ProviderCall,
  type ProviderCapabilities,
  type Task,
  type TaskKind,
  type TaskRequests,
  type TaskResults,
} from './contract.ts';
import { canPerform, performTask } from './tasks.ts';

/** A provider and the models it serves, by its own names. */
export interface ServedModels {
  readonly provider: Provider;
  readonly models: readonly string[];
}

/** Several providers under one id, told apart by the model: `local/echo` and `local/smollm2` are different programs. */
export function combineProviders(members: readonly [ServedModels, ...ServedModels[]]): Provider {
  const [first] = members;
  if (members.length === 1) return first.provider;
  const byModel = new Map(members.flatMap(({ provider, models }) => models.map((model) => [model, provider] as const)));
  const memberOf = (model: string): Provider => {
    const provider = byModel.get(model);
    if (provider !== undefined) return provider;
    const message = `There is no model ${JSON.stringify(model.slice(0, 200))} here; there are ${[...byModel.keys()].join(', ')}.`;
    throw new ProviderError('not-found', message, { callerMessage: message, param: 'model' });
  };
  return {
    id: first.provider.id,
    displayName: 'Local',
    capabilities: members.map(({ provider }) => provider.capabilities).reduce(union),
    dialects: [],
    complete: async (call: ProviderCall) => memberOf(call.model).complete(call),
    stream: async (call, sink) => memberOf(call.model).stream(call, sink),
    ...tasksOf(members, memberOf),
    probe: async (signal) => {
      await Promise.all(members.map(({ provider }) => provider.probe(signal)));
    },
    close: async () => {
      await Promise.all(members.map(({ provider }) => provider.close()));
    },
  };
}

/** A method for each operation beside chat that any member has; it fails for the models of the others. */
function tasksOf(
  members: readonly ServedModels[],
  memberOf: (model: string) => Provider,
): Pick<Provider, 'embed' | 'rerank' | 'moderate' | 'makeImages' | 'synthesizeSpeech' | 'transcribe'> {
  const has = (kind: TaskKind): boolean => members.some(({ provider }) => canPerform(provider, kind));
  const perform =
    <Kind extends TaskKind>(kind: Kind) =>
    async (model: string, request: TaskRequests[Kind], context: CallContext): Promise<TaskResults[Kind]> =>
      (await performTask(memberOf(model), model, { kind, request } as Task, context)) as TaskResults[Kind];
  return {
    ...(has('embeddings') ? { embed: perform('embeddings') } : {}),
    ...(has('rerank') ? { rerank: perform('rerank') } : {}),
    ...(has('moderation') ? { moderate: perform('moderation') } : {}),
    ...(has('image') ? { makeImages: perform('image') } : {}),
    ...(has('speech') ? { synthesizeSpeech: perform('speech') } : {}),
    ...(has('transcription') ? { transcribe: perform('transcription') } : {}),
  };
}

const STRUCTURED = ['none', 'json-object', 'json-schema'] as const;
const CACHES = ['none', 'marked', 'automatic'] as const;

/** What any member can do; a model may do less. */
function union(left: ProviderCapabilities, right: ProviderCapabilities): ProviderCapabilities {
  return {
    streaming: left.streaming || right.streaming,
    tools: left.tools || right.tools,
    parallelTools: left.parallelTools || right.parallelTools,
    streamedToolArguments: left.streamedToolArguments || right.streamedToolArguments,
    structuredOutput: stronger(STRUCTURED, left.structuredOutput, right.structuredOutput),
    vision: left.vision || right.vision,
    documents: left.documents || right.documents,
    audio: left.audio || right.audio,
    reasoning: left.reasoning || right.reasoning,
    logprobs: left.logprobs || right.logprobs,
    multipleChoices: left.multipleChoices || right.multipleChoices,
    seed: left.seed || right.seed,
    embeddings: left.embeddings || right.embeddings,
    promptCache: stronger(CACHES, left.promptCache, right.promptCache),
  };
}

function stronger<Value>(order: readonly Value[], left: Value, right: Value): Value {
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}
