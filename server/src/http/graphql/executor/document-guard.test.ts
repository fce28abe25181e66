import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { guardDocument, type DocumentLimits } from './document-guard.ts';

const limits: DocumentLimits = { maxBytes: 400, maxTokens: 60, maxAliases: 2, maxDirectives: 2, maxDepth: 3, maxFields: 5 };

function complaintAbout(text: string): string | null {
  try {
    guardDocument(text, limits);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('document guard', () => {
  it.each([
    ['exactly as many as allowed', '{ a: f b: g c { d { e } } }', null],
    ['one alias more', '{ a: f b: g c: h }', 'more than 2 aliases'],
    ['aliases of __typename', '{ a: __typename b: __typename c: __typename }', 'more than 2 aliases'],
    ['one level more', '{ a { b { c { d } } } }', 'deeper than 3 levels'],
    ['a level more in a fragment', 'fragment F on T { a { b { c { d } } } }', 'deeper than 3 levels'],
    ['one field more', '{ a b c d e f }', 'more than 5 fields'],
    ['one directive more', '{ a @x @y @z }', 'more than 2 directives'],
    ['directives of variables and fragments', 'query ($a: Int @x) { ...F @y } fragment F on T @z { a }', 'more than 2 directives'],
    ['too many bytes', `{ a } # ${'x'.repeat(400)}`, 'larger than 400 bytes'],
    ['too many bytes of few characters', `{ a } # ${'ü'.repeat(198)}`, 'larger than 400 bytes'],
    ['too many tokens', `{ a(b: [${'1 '.repeat(60)}]) }`, 'more than 60 tokens'],
  ])('counts %s', (_name, text, complaint) => {
    if (complaint === null) expect(complaintAbout(text)).toBeNull();
    else expect(complaintAbout(text)).toContain(complaint);
  });

  it('does not take arguments, variables and objects for aliases, fields and levels', () => {
    expect(
      complaintAbout('query Q($a: Int = 1, $b: T = { c: { d: { e: { f: 1 } } } }) { g(a: $a, b: { c: { d: { e: 1 } } }) }'),
    ).toBeNull();
  });

  it('counts fields with arguments and fragments between them', () => {
    expect(complaintAbout('{ a(x: 1) b(x: 2) ...F ... on T { c } d e }')).toBeNull();
    expect(complaintAbout('{ a(x: 1) b(x: 2) ...F ... on T { c } d e f }')).toContain('more than 5 fields');
  });

  it('leaves what is not GraphQL to the parser', () => {
    for (const text of ['', '{', 'query "', '{ a ? }', '\u0000', '}}}}']) expect(complaintAbout(text)).toBeNull();
  });

  it('lets tools read the schema by its ordinary bounds', () => {
    expect(() => guardDocument(getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, oneOf: true }))).not.toThrow();
  });
});
