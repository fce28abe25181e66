import { InvalidAccountError, type Tenant } from '../../../modules/providers/index.ts';
import { AntiphonError, toUserError } from '../../../kernel/errors/index.ts';
import type { Principal } from '../../../modules/identity/index.ts';
import { parseUuidOf } from '../../entity-id.ts';

export interface NameAndValue {
  readonly name: string;
  readonly value: string;
}

/** Pairs as an object. Throws INVALID_INPUT when a name comes twice: the one that loses would be gone without a word. */
export function toNamedValues(pairs: readonly NameAndValue[], field: string): Readonly<Record<string, string>> {
  const repeated = pairs.findIndex(({ name }, index) => pairs.findIndex((pair) => pair.name === name) !== index);
  if (repeated !== -1)
    throw new InvalidAccountError([{ path: [field, String(repeated), 'name'], message: 'This name is given twice. Give each once.' }]);
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

/** The UUID behind an id in the input. Throws NOT_FOUND for one that no entity of this kind could have. */
export function readId(kind: 'providerAccount' | 'providerCredential' | 'modelAlias', id: string, field: string): string {
  const uuid = parseUuidOf(kind, id);
  if (uuid !== null) return uuid;
  throw new AntiphonError('NOT_FOUND', 'This is not the id of such a thing. Take ids from id fields.', {
    resource: 'other',
    path: ['input', field],
  });
}

export function tenantOf({ organizationId, projectId }: Principal): Tenant {
  return { organizationId, projectId };
}

/** Runs an act; what the caller can do something about becomes members of the payload, the rest is thrown on. */
export async function orErrors<Payload>(act: () => Promise<Payload>, failed: (errors: readonly never[]) => Payload): Promise<Payload> {
  try {
    return await act();
  } catch (thrown) {
    const errors = toErrors(thrown);
    if (errors === null) throw thrown;
    return failed(errors as readonly never[]);
  }
}

function toErrors(thrown: unknown): readonly unknown[] | null {
  if (thrown instanceof InvalidAccountError)
    return thrown.problems.map(({ path, message }) => toUserError(new AntiphonError('INVALID_INPUT', message, { path })));
  const shown = thrown instanceof AntiphonError ? toUserError(thrown) : null;
  return shown === null ? null : [shown];
}
