import { isUuid } from '../kernel/ids/index.ts';

/**
 * Ids as callers see them: a short prefix that names the kind, then the id itself. Opaque to callers; the prefix lets `node(id)` and
 * people tell what an id belongs to.
 */
export type EntityKind =
  | 'completion'
  | 'attempt'
  | 'organization'
  | 'project'
  | 'apiKey'
  | 'model'
  | 'provider'
  | 'providerAccount'
  | 'providerCredential'
  | 'modelAlias'
  | 'modelPrice'
  | 'rerating';

const PREFIXES: Readonly<Record<EntityKind, string>> = {
  completion: 'cmp_',
  attempt: 'att_',
  organization: 'org_',
  project: 'prj_',
  apiKey: 'key_',
  model: 'mdl_',
  provider: 'prv_',
  providerAccount: 'pac_',
  providerCredential: 'pcr_',
  modelAlias: 'als_',
  modelPrice: 'prc_',
  rerating: 'rrt_',
};
const KINDS = Object.entries(PREFIXES) as readonly (readonly [EntityKind, string])[];
const MAX_NAME_LENGTH = 512;

/** `id` is a UUID, or the name of a model or provider. */
export function toEntityId(kind: EntityKind, id: string): string {
  if (kind === 'provider') return PREFIXES.provider + id;
  if (kind === 'model') return PREFIXES.model + Buffer.from(id, 'utf8').toString('base64url');
  return PREFIXES[kind] + id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
}

/** Null for anything that no entity could be called. */
export function parseEntityId(text: string): { readonly kind: EntityKind; readonly id: string } | null {
  const found = KINDS.find(([, prefix]) => text.startsWith(prefix));
  if (found === undefined || text.length > MAX_NAME_LENGTH) return null;
  const [kind, prefix] = found;
  const rest = text.slice(prefix.length);
  if (kind === 'provider') return { kind, id: rest };
  if (kind === 'model') return { kind, id: Buffer.from(rest, 'base64url').toString('utf8') };
  const uuid = [rest.slice(0, 8), rest.slice(8, 12), rest.slice(12, 16), rest.slice(16, 20), rest.slice(20)].join('-');
  return isUuid(uuid) ? { kind, id: uuid } : null;
}

/** The UUID behind an id of this kind; null when it is of another kind or malformed. */
export function parseUuidOf(kind: EntityKind, text: string): string | null {
  const parsed = parseEntityId(text);
  return parsed !== null && parsed.kind === kind ? parsed.id : null;
}
