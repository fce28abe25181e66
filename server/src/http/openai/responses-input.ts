import { AntiphonError } from '../../kernel/errors/index.ts';
import {
  isForeignReasoning,
  toListedItems,
  toPortableItems,
  type JsonObject,
  type JsonValue,
  type Providers,
  type Resolution,
} from '../../modules/providers/index.ts';
import type { ResponseStore, StoredResponse } from '../../modules/responses/index.ts';

/** The input of a request together with what it builds on. */
export interface ResolvedInput {
  /** The body as a provider of this dialect gets it: as it came where nothing had to be looked up, or where the provider keeps that too. */
  readonly wireBody: JsonObject;
  /** The body with the whole conversation as its input. */
  readonly wholeBody: JsonObject;
  /** Items of this request alone, with ids. */
  readonly ownItems: readonly JsonObject[];
  readonly isExpanded: boolean;
}

export interface InputQuestion {
  readonly body: JsonObject;
  readonly projectId: string;
  readonly model: string;
  readonly responseId: string;
}

/**
 * Looks up the earlier response and the items that a request refers to. Only what this project keeps here is found: the providers'
 * accounts are shared between projects. Throws INVALID_INPUT for what is not there.
 */
export async function resolveInput(
  { body, projectId, model, responseId }: InputQuestion,
  store: ResponseStore,
  providers: Pick<Providers, 'resolve'>,
): Promise<ResolvedInput> {
  const previousId = readPreviousId(body);
  const references = referencesIn(body['input']);
  const { previous_response_id: _previous, background: _background, ...rest } = body;
  if (previousId === null && references.size === 0) {
    const wireBody = withoutForeignReasoning(rest);
    return { wireBody, wholeBody: rest, ownItems: toListedItems(rest['input'], responseId), isExpanded: false };
  }
  const chain = previousId === null ? [] : await findChain(store, projectId, previousId);
  const referenced = references.size === 0 ? [] : await store.findByItems(projectId, [...references]);
  const ownItems = resolveReferences(toListedItems(rest['input'], responseId), referenced);
  const history = chain.flatMap((stored) => [...stored.input, ...outputOf(stored)]);
  const wholeBody = { ...rest, input: [...history, ...ownItems] };
  const builtOn = [...chain.slice(-1), ...referenced];
  const isKeptThere = isKeptByWhoeverServes(builtOn, providers.resolve(model, projectId));
  const wireBody = isKeptThere ? withoutBackground(body) : { ...rest, input: toPortableItems([...history, ...ownItems]) };
  return { wireBody, wholeBody, ownItems, isExpanded: true };
}

function readPreviousId(body: JsonObject): string | null {
  const value = body['previous_response_id'] ?? null;
  if (value !== null && typeof value !== 'string') throw refuse('previous_response_id', 'must be the id of a response');
  if ((body['conversation'] ?? null) !== null)
    throw refuse('conversation', 'is not served here: use previous_response_id, or send the whole conversation as input');
  return value;
}

function refuse(param: string, why: string): AntiphonError {
  return new AntiphonError('INVALID_INPUT', `Invalid \`${param}\`: it ${why}.`, { param });
}

async function findChain(store: ResponseStore, projectId: string, previousId: string): Promise<readonly StoredResponse[]> {
  const chain = await store.findChain(projectId, previousId);
  const last = chain.at(-1);
  if (last === undefined) throw refuse('previous_response_id', 'names no response of this project that is kept here with all it builds on');
  if (last.status === 'queued' || last.status === 'in_progress')
    throw refuse('previous_response_id', 'names a response that is still being made: wait until it has ended');
  return chain;
}

function referencesIn(input: JsonValue | undefined): ReadonlySet<string> {
  const ids = (Array.isArray(input) ? (input as readonly JsonValue[]) : []).flatMap((item) => referenceOf(item) ?? []);
  return new Set(ids);
}

/** Items that only name another one; the type may be left out. */
function referenceOf(value: JsonValue): string | null {
  const item = value as { type?: unknown; id?: unknown; role?: unknown } | null;
  if (item === null || typeof item !== 'object' || typeof item.id !== 'string') return null;
  const isReference = item.type === 'item_reference' || (item.type === undefined && item.role === undefined);
  return isReference ? item.id : null;
}

function outputOf({ response }: StoredResponse): readonly JsonObject[] {
  const { output } = response as { output?: unknown };
  return Array.isArray(output) ? (output as readonly JsonObject[]) : [];
}

function resolveReferences(items: readonly JsonObject[], referenced: readonly StoredResponse[]): readonly JsonObject[] {
  if (referenced.length === 0 && items.every((item) => referenceOf(item) === null)) return items;
  const known = new Map(referenced.flatMap((stored) => [...stored.input, ...outputOf(stored)]).map((item) => [item['id'], item]));
  return items.map((item, position) => {
    const id = referenceOf(item);
    if (id === null) return item;
    const found = known.get(id);
    if (found === undefined)
      throw refuse(`input[${position}]`, 'refers to an item that this project does not keep here: send the item itself');
    return found;
  });
}

/**
 * Whether the only one that may serve the model holds all of it itself, under the ids that the caller knows. Of an account with several
 * credentials nobody can say: they may belong to several customers of the provider.
 */
function isKeptByWhoeverServes(builtOn: readonly StoredResponse[], resolution: Resolution): boolean {
  if (resolution.kind !== 'found' || resolution.deployments.length !== 1) return false;
  const server = resolution.deployments[0]?.provider.id;
  return builtOn.every(({ isKeptUpstream, providerId }) => isKeptUpstream && providerId !== null && providerId === server);
}

function withoutBackground({ background: _background, ...body }: JsonObject): JsonObject {
  return body;
}

/** A provider of this dialect would refuse what another vendor signed; a copy is made only where there is something of the kind. */
function withoutForeignReasoning(body: JsonObject): JsonObject {
  const { input } = body;
  if (!Array.isArray(input) || !(input as readonly JsonValue[]).some(isForeignReasoning)) return body;
  return { ...body, input: (input as readonly JsonValue[]).filter((item) => !isForeignReasoning(item)) };
}
