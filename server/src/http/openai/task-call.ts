import { AntiphonError } from '../../kernel/errors/index.ts';
import { TASK_OPERATIONS, type CompletionCall, type CompletionOutcome } from '../../modules/completions/index.ts';
import type { JsonValue, Task, TaskKind, TaskResults } from '../../modules/providers/index.ts';
import { readCommonFields } from '../wire/call-fields.ts';
import { answerError } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';

/** A task that was performed, and what is known of the call. */
export interface PerformedTask<Kind extends TaskKind> {
  readonly call: CompletionCall;
  readonly result: TaskResults[Kind];
  readonly outcome: CompletionOutcome;
}

/** Runs an operation beside chat. Null: it failed, and the caller has been told. */
export async function runTask<Kind extends TaskKind>(
  doorCall: DoorCall,
  task: Extract<Task, { kind: Kind }>,
  model: JsonValue | undefined = doorCall.body.json['model'],
): Promise<PerformedTask<Kind> | null> {
  const { deps, exchange, dialect } = doorCall;
  const call = toTaskCall(doorCall, task, model);
  const outcome = await deps.completions.run(call, { kind: 'whole' });
  if ('replayOf' in outcome) throw new Error('operations beside chat are never replayed');
  deps.metrics.observeOutcome(dialect.door, outcome);
  if (outcome.error !== null) {
    answerError(exchange, dialect, outcome.error);
    return null;
  }
  const { answer } = outcome;
  if (answer?.kind !== 'task' || answer.task.kind !== task.kind) throw new Error(`the answer of a ${task.kind} task was expected`);
  return { call, outcome, result: answer.task.result as TaskResults[Kind] };
}

function toTaskCall(doorCall: DoorCall, task: Task, model: JsonValue | undefined): CompletionCall {
  const fields = readCommonFields(doorCall, model);
  if (fields.idempotencyKey !== null)
    throw new AntiphonError(
      'INVALID_INPUT',
      'This operation takes no Idempotency-Key: its answer is not kept. Leave the header out; repeating the call is harmless but for its cost.',
    );
  return {
    ...fields,
    operation: TASK_OPERATIONS[task.kind],
    isStreaming: false,
    request: () => ({ messages: [] }),
    task,
    wire: null,
    input: {
      format: task.kind === 'embeddings' ? 'openai-embeddings' : 'task',
      json: doorCall.body.text,
      sizeBytes: doorCall.raw.length,
    },
    maxOutputTokens: null,
    choiceCount: 1,
  };
}
