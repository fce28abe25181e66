import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, coerceInputValue, concatAST, parse, validate, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ACCOUNTING_QUERY } from './accounting-proof.ts';
import { DEFAULT_PLAN } from './fake-upstream-plan.ts';
import { NONCE, type LoadJob } from './load-run.ts';
import { graphqlJob, graphqlStreamJob } from './scenarios.ts';

const folder = join(import.meta.dirname, '../schema');
const sources = [
  'base.graphql',
  'directives.graphql',
  ...readdirSync(join(folder, 'modules'))
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => join('modules', name)),
];
const schema = buildASTSchema(concatAST(sources.map((name) => parse(readFileSync(join(folder, name), 'utf8')))));

const target = { graphqlUrl: 'http://127.0.0.1:1/graphql', apiKey: 'none', model: 'openai/gpt-4.1-mini' };
const loop = { mode: 'closed', concurrency: 1, durationMs: 1 } as const;

function bodyOf(job: LoadJob): { query: string; variables: { input: unknown } } {
  return JSON.parse(job.body) as { query: string; variables: { input: unknown } };
}

describe('the GraphQL operations of the bench', () => {
  it.each([
    ['completionCreate', graphqlJob(target, DEFAULT_PLAN, loop, 0), 'CompletionCreateInput'],
    ['completionStream', graphqlStreamJob(target, DEFAULT_PLAN, loop, 0), 'CompletionStreamInput'],
  ])('%s is valid against the schema, its variables too', (_, job, inputName) => {
    const { query, variables } = bodyOf(job);
    expect(validate(schema, parse(query))).toEqual([]);
    const problems: string[] = [];
    coerceInputValue(variables.input, schema.getType(inputName) as GraphQLInputType, (path, __, error) => {
      problems.push(`${path.join('.')}: ${error.message}`);
    });
    expect(problems).toEqual([]);
    expect(job.body.split(NONCE)).toHaveLength(2);
  });

  it('asks for the proof of accounting as the schema has it', () => {
    expect(validate(schema, parse(ACCOUNTING_QUERY))).toEqual([]);
  });
});
