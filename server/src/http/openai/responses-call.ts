import { AntiphonError } from '../../kernel/errors/index.ts';
import { fromResponsesBody, type CompletionRequest, type JsonObject, type JsonValue } from '../../modules/providers/index.ts';
import { MAX_RESPONSE_BYTES } from '../../modules/responses/index.ts';
import { toEntityId } from '../entity-id.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import type { ResponseAsk } from './responses-ask.ts';
import { resolveInput } from './responses-input.ts';

/** `resp_` and the completion's id: whoever knows one knows the other. */
export function toResponseId(completionId: string): string {
  return `resp_${toEntityId('completion', completionId).replace(/^[a-z]+_/, '')}`;
}

/** Reads what we must know of a body and leaves the rest to the provider or to the translation. Throws INVALID_INPUT. */
export async function toResponseAsk(door: DoorCall): Promise<ResponseAsk> {
  const { json, text } = door.body;
  const { store, isKeptByDefault } = door.deps.responses;
  const fields = readCommonFields(door, json['model']);
  const responseId = toResponseId(fields.id);
  const isBackground = readFlag(json, 'background') ?? false;
  const asked = readFlag(json, 'store');
  if (isBackground && asked === false)
    throw new AntiphonError('INVALID_INPUT', 'A background response has to be kept to be read: leave `store` out.', { param: 'store' });
  const isStored = isBackground || (asked ?? isKeptByDefault);
  requireInput(json['input']);
  const question = { body: json, projectId: fields.principal.projectId, model: fields.model, responseId };
  const { wireBody, wholeBody, ownItems, isExpanded } = await resolveInput(question, store, door.deps.providers);
  let request: CompletionRequest | null = null;
  return {
    call: {
      ...fields,
      operation: 'CHAT',
      isStreaming: json['stream'] === true,
      request: () => (request ??= fromResponsesBody(wholeBody)),
      task: null,
      wire: { dialect: 'openai-responses', body: wireBody },
      // What the call came to counts for the bound of its cost: with the conversation that it builds on.
      input: { format: 'openai-responses', json: text, sizeBytes: isExpanded ? sizeOf(wholeBody) : door.raw.length },
      maxOutputTokens: positiveInteger(json['max_output_tokens']),
      choiceCount: 1,
    },
    body: json,
    facts: { id: responseId, isStored: isStored && mayBeKept(door, isBackground), isBackground },
    ownItems,
    previousResponseId: (json['previous_response_id'] as string | null | undefined) ?? null,
  };
}

function sizeOf(body: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(body));
}

function readFlag(body: JsonObject, param: string): boolean | null {
  const value = body[param];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw new AntiphonError('INVALID_INPUT', `Invalid \`${param}\`: it must be true or false.`, { param });
  return value;
}

function requireInput(input: JsonValue | undefined): void {
  if (typeof input === 'string' || (Array.isArray(input) && input.length > 0)) return;
  throw new AntiphonError('INVALID_INPUT', '"input" must be a text or a list with at least one item.', { param: 'input' });
}

/** Half of what may be kept is left for the answer. */
function mayBeKept({ raw }: DoorCall, isBackground: boolean): boolean {
  if (raw.length <= MAX_RESPONSE_BYTES / 2) return true;
  if (!isBackground) return false;
  throw new AntiphonError(
    'INVALID_INPUT',
    `A background response takes requests of up to ${MAX_RESPONSE_BYTES / 2} bytes. Send files by URL.`,
    {
      param: 'input',
    },
  );
}
