import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntityId, parseUuidOf, toEntityId, type EntityKind } from './entity-id.ts';

const UUID_KINDS = ['completion', 'attempt', 'organization', 'project', 'apiKey'] as const satisfies readonly EntityKind[];

describe('an id as callers see it', () => {
  it('comes back as it went, with its kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...UUID_KINDS), fc.uuid(), (kind, id) => {
        expect(parseEntityId(toEntityId(kind, id))).toEqual({ kind, id });
        expect(parseUuidOf(kind, toEntityId(kind, id))).toBe(id);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (id) => {
        expect(parseEntityId(toEntityId('model', id))).toEqual({ kind: 'model', id });
      }),
    );
  });

  it('tells its kind by its first letters', () => {
    expect(toEntityId('completion', '01a21173-ae00-7000-9968-6ade2e11025f')).toBe('cmp_01a21173ae00700099686ade2e11025f');
    expect(toEntityId('provider', 'openai')).toBe('prv_openai');
  });

  it.each([
    '',
    'cmp_',
    'cmp_01a21173',
    '01a21173-ae00-7000-9968-6ade2e11025f',
    'xyz_01a21173ae00700099686ade2e11025f',
    `prv_${'x'.repeat(600)}`,
    "cmp_01a21173ae00700099686ade2e11025f' or 1=1",
  ])('is not %j', (text) => {
    expect(parseEntityId(text)).toBeNull();
  });

  it('of another kind is none', () => {
    expect(parseUuidOf('attempt', toEntityId('completion', '01a21173-ae00-7000-9968-6ade2e11025f'))).toBeNull();
  });
});
