import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { AntiphonClient } from '../../sdk-js/src/index.ts';
import * as javascriptErrors from '../../sdk-js/src/errors.ts';
import { startContractServer } from '../../sdk-js/test/contract-server.ts';
import type { RootValue } from '../../sdk-js/test/contract-server.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const generatedPython = read('sdk-python/antiphon/_generated.py');

const run = promisify(execFile);

/** What a Python program writes, as JSON. */
async function runPython(program: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await run('python3', ['-c', program, ...args], { cwd: `${repository}sdk-python`, timeout: 60_000 });
  return JSON.parse(stdout);
}

async function hasPython(): Promise<boolean> {
  return run('python3', ['-c', 'import httpx, websockets, sys; assert sys.version_info >= (3, 11)']).then(
    () => true,
    () => false,
  );
}

/** Names of the operations that both SDKs are printed from. */
function operationNames(): string[] {
  return readdirSync(new URL('../../sdk-js/operations/', import.meta.url))
    .flatMap((file) => parse(read(`sdk-js/operations/${file}`)).definitions)
    .flatMap((node) => (node.kind === 'OperationDefinition' && node.name !== undefined ? [node.name.value] : []));
}

const toSnakeCase = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

describe('both SDKs', () => {
  it('have a method for each operation', () => {
    const names = operationNames();
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(AntiphonClient.prototype)).filter((name) => name !== 'constructor');
    expect(methods.toSorted()).toEqual(names.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).toSorted());
    for (const client of ['class GeneratedOperations', 'class AsyncGeneratedOperations']) {
      const body = generatedPython.slice(generatedPython.indexOf(client)).split('\n\n\n')[0] ?? '';
      const pythonMethods = [...body.matchAll(/^ {4}(?:async )?def (\w+)/gm)].map((match) => match[1] ?? '');
      expect(pythonMethods.toSorted()).toEqual(names.map(toSnakeCase).toSorted());
    }
  });

  it('have the same error classes', () => {
    const classes = Object.keys(javascriptErrors).filter((name) => name.endsWith('Error') && /^[A-Z]/.test(name));
    const pythonClasses = [...read('sdk-python/antiphon/_errors.py').matchAll(/^class (\w+)/gm)].map((match) => match[1] ?? '');
    expect(pythonClasses.toSorted()).toEqual(classes.toSorted());
  });

  it('send the same documents', () => {
    const javascript = [...read('sdk-js/src/generated.ts').matchAll(/new OperationDocument<[^(]*>\(\s*"\w+",\s*(".*"),/g)];
    const python = [...generatedPython.matchAll(/^_[A-Z_]+ = (".*")$/gm)];
    expect(javascript.map((match) => match[1])).toEqual(python.map((match) => match[1]));
    expect(javascript).toHaveLength(operationNames().length);
  });
});

const PROGRAM = `
import asyncio, json, sys
from antiphon import AntiphonClient, AsyncAntiphonClient, AntiphonError

url = sys.argv[1]
stream = {"model": "local/echo", "messages": [{"user": {"content": {"text": "hello"}}}]}

def failure(error):
    return [type(error).__name__, error.code, error.request_id]

async def run_async(transport):
    async with AsyncAntiphonClient(base_url=url, api_key="key-1") as client:
        return [event.text async for event in client.completion_stream(input=stream, transport=transport)]

with AntiphonClient(base_url=url, api_key="key-1") as client:
    seen = {"node": client.node(id="x"), "models": client.models().total_count}
    for transport in ("sse", "ws"):
        seen[transport] = [event.text for event in client.completion_stream(input=stream, transport=transport)]
        seen["async " + transport] = asyncio.run(run_async(transport))
    try:
        client.viewer()
    except AntiphonError as error:
        seen["viewer"] = failure(error)
    try:
        list(client.subscribe("subscription { nothing }"))
    except AntiphonError as error:
        seen["nothing"] = str(error)
print(json.dumps(seen))
`;

describe('the Python SDK against the stock handlers', () => {
  let isThere = false;
  beforeAll(async () => {
    isThere = await hasPython();
  });

  it('agrees with them over HTTP, SSE and WebSocket (skipped without python3 >= 3.11, httpx and websockets)', async ({ skip }) => {
    if (!isThere) return skip();
    const { GraphQLError } = await import('graphql');
    const root: RootValue = {
      node: () => null,
      models: () => ({ nodes: [], totalCount: 3, pageInfo: { hasNextPage: false, hasPreviousPage: false } }),
      viewer: () => {
        throw new GraphQLError('No.', { extensions: { code: 'FORBIDDEN', requestId: 'request-4' } });
      },
      completionStream: async function* () {
        for (let sequence = 0; sequence < 3; sequence += 1) {
          yield { completionStream: { __typename: 'CompletionTextDelta', sequence, choice: 0, text: `t${sequence}` } };
        }
      },
    };
    await using server = await startContractServer(root);
    const texts = ['t0', 't1', 't2'];
    expect(await runPython(PROGRAM, [server.baseUrl])).toEqual({
      node: null,
      models: 3,
      sse: texts,
      'async sse': texts,
      ws: texts,
      'async ws': texts,
      viewer: ['PermissionDeniedError', 'FORBIDDEN', 'request-4'],
      nothing: 'Cannot query field "nothing" on type "Subscription".',
    });
  });
});
