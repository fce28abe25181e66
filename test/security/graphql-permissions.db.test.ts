import { buildSchema, Kind, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdlText } from '../../server/src/generated/sdl.ts';
import { SCOPES, type Scope } from '../../server/src/modules/identity/index.ts';
import { echoInput, startGraphqlServer, type GraphqlServer } from '../testkit/graphql-server.ts';

interface RootField {
  readonly name: string;
  readonly scope: Scope;
  readonly operation: { readonly query: string; readonly variables?: unknown };
}

/** How each root field is asked for; one that is missing here fails the test. */
const OPERATIONS: Readonly<Record<string, RootField['operation']>> = {
  'Query.node': { query: '{ node(id: "cmp_0") { id } }' },
  'Query.viewer': { query: '{ viewer { scopes } }' },
  'Query.completion': { query: '{ completion(id: "cmp_0") { id } }' },
  'Query.completions': { query: '{ completions { pageInfo { hasNextPage } } }' },
  'Query.models': { query: '{ models { totalCount } }' },
  'Query.providers': { query: '{ providers { totalCount } }' },
  'Query.providerVendors': { query: '{ providerVendors { name } }' },
  'Query.providerAccounts': { query: '{ providerAccounts { totalCount } }' },
  'Query.providerDiscoveredModels': { query: '{ providerDiscoveredModels(accountId: "pac_0") { totalCount } }' },
  'Query.modelAliases': { query: '{ modelAliases { totalCount } }' },
  'Mutation.providerAccountConnect': {
    query: 'mutation { providerAccountConnect(input: { vendor: "nobody" }) { errors { __typename } } }',
  },
  'Mutation.providerAccountUpdate': {
    query: 'mutation { providerAccountUpdate(input: { accountId: "pac_0" }) { errors { __typename } } }',
  },
  'Mutation.providerAccountTest': { query: 'mutation { providerAccountTest(input: { accountId: "pac_0" }) { errors { __typename } } }' },
  'Mutation.providerAccountEnable': {
    query: 'mutation { providerAccountEnable(input: { accountId: "pac_0" }) { errors { __typename } } }',
  },
  'Mutation.providerAccountDisable': {
    query: 'mutation { providerAccountDisable(input: { accountId: "pac_0" }) { errors { __typename } } }',
  },
  'Mutation.providerAccountDelete': {
    query: 'mutation { providerAccountDelete(input: { accountId: "pac_0" }) { errors { __typename } } }',
  },
  'Mutation.providerModelsDiscover': {
    query: 'mutation { providerModelsDiscover(input: { accountId: "pac_0" }) { errors { __typename } } }',
  },
  'Mutation.providerCredentialAdd': {
    query: 'mutation { providerCredentialAdd(input: { accountId: "pac_0", name: "x", secrets: [] }) { errors { __typename } } }',
  },
  'Mutation.providerCredentialRotate': {
    query: 'mutation { providerCredentialRotate(input: { credentialId: "pcr_0", secrets: [] }) { errors { __typename } } }',
  },
  'Mutation.providerCredentialEnable': {
    query: 'mutation { providerCredentialEnable(input: { credentialId: "pcr_0" }) { errors { __typename } } }',
  },
  'Mutation.providerCredentialDisable': {
    query: 'mutation { providerCredentialDisable(input: { credentialId: "pcr_0" }) { errors { __typename } } }',
  },
  'Mutation.providerCredentialDelete': {
    query: 'mutation { providerCredentialDelete(input: { credentialId: "pcr_0" }) { errors { __typename } } }',
  },
  'Mutation.modelAliasCreate': { query: 'mutation { modelAliasCreate(input: { name: "-", targets: [] }) { errors { __typename } } }' },
  'Mutation.modelAliasUpdate': {
    query: 'mutation { modelAliasUpdate(input: { aliasId: "als_0", targets: [] }) { errors { __typename } } }',
  },
  'Mutation.modelAliasDelete': { query: 'mutation { modelAliasDelete(input: { aliasId: "als_0" }) { errors { __typename } } }' },
  'Query.modelPrices': { query: '{ modelPrices { totalCount } }' },
  'Query.rerating': { query: '{ rerating(id: "rrt_0") { id } }' },
  'Mutation.modelPriceSet': {
    query:
      'mutation { modelPriceSet(input: { model: "-", effectiveFrom: "2026-01-01T00:00:00Z", source: "x" }) { errors { __typename } } }',
  },
  'Mutation.completionsRerate': { query: 'mutation { completionsRerate(input: { model: "-" }) { errors { __typename } } }' },
  'Mutation.embeddingsCreate': {
    query: 'mutation { embeddingsCreate(input: { model: "nobody/x", texts: ["a"] }) { errors { __typename } } }',
  },
  'Mutation.rerankCreate': {
    query: 'mutation { rerankCreate(input: { model: "nobody/x", query: "q", documents: [] }) { errors { __typename } } }',
  },
  'Mutation.moderationCreate': {
    query: 'mutation { moderationCreate(input: { model: "nobody/x", texts: ["a"] }) { errors { __typename } } }',
  },
  'Mutation.imageCreate': { query: 'mutation { imageCreate(input: { model: "nobody/x", prompt: "p" }) { errors { __typename } } }' },
  'Mutation.speechCreate': {
    query: 'mutation { speechCreate(input: { model: "nobody/x", text: "t", voice: "v" }) { errors { __typename } } }',
  },
  'Mutation.transcriptionCreate': {
    query:
      'mutation { transcriptionCreate(input: { model: "nobody/x", audio: { name: "a.wav", mediaType: "audio/wav", data: "AAAA" } }) { errors { __typename } } }',
  },
  'Query.accounting': { query: '{ accounting { started } }' },
  'Mutation.completionCreate': {
    query: 'mutation ($input: CompletionCreateInput!) { completionCreate(input: $input) { completion { id } } }',
    variables: { input: echoInput('x') },
  },
  'Subscription.completionStream': {
    query: 'subscription ($input: CompletionStreamInput!) { completionStream(input: $input) { __typename } }',
    variables: { input: echoInput('x') },
  },
};

const schema = buildSchema(sdlText);
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()] as readonly GraphQLObjectType[];
const fields = roots.flatMap((type) =>
  Object.values(type.getFields()).map((field): RootField => {
    const scope = field.astNode?.directives?.find(({ name }) => name.value === 'auth')?.arguments?.[0]?.value;
    if (scope?.kind !== Kind.ENUM) throw new Error(`${type.name}.${field.name} names no scope`);
    const operation = OPERATIONS[`${type.name}.${field.name}`];
    if (operation === undefined) throw new Error(`${type.name}.${field.name} has no operation in this test. Add one.`);
    return { name: `${type.name}.${field.name}`, scope: scope.value as Scope, operation };
  }),
);

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function codeOf({ operation, name }: RootField, key: string): Promise<string | null> {
  if (!name.startsWith('Subscription')) return (await server.send(operation, { key })).json.errors?.[0]?.extensions.code ?? null;
  const response = await fetch(`${server.url}/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(operation),
  });
  return /"code":"(\w+)"/.exec(await response.text())?.[1] ?? null;
}

describe('every root field', () => {
  it('is refused to a key with every permission but its own, and nothing is recorded', async () => {
    for (const field of fields) {
      const key = await server.createKey(SCOPES.filter((scope) => scope !== field.scope));
      expect(await codeOf(field, key), field.name).toBe('FORBIDDEN');
    }
    const { rows } = await server.database.pools.general.query('select id from completion_request');
    expect(rows).toEqual([]);
  });

  it('is given to a key with its own permission alone', async () => {
    for (const field of fields) {
      const key = await server.createKey([field.scope]);
      expect(await codeOf(field, key), field.name).toBeNull();
    }
  });

  it('gives by node(id) nothing that its own field would refuse', async () => {
    const { json } = await server.send({ query: '{ models(first: 1) { nodes { id } } providers(first: 1) { nodes { id } } }' });
    const data = json.data as { models: { nodes: { id: string }[] }; providers: { nodes: { id: string }[] } };
    const key = await server.createKey(['COMPLETIONS_READ']);
    for (const id of [data.models.nodes[0]?.id, data.providers.nodes[0]?.id]) {
      const answer = await server.send({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id } }, { key });
      expect(answer.json.data).toEqual({ node: null });
      expect(answer.json.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('gives nothing of another project', async () => {
    const made = await server.send({
      query: 'mutation ($input: CompletionCreateInput!) { completionCreate(input: $input) { completion { id } } }',
      variables: { input: echoInput('mine') },
    });
    const { id } = (made.json.data as { completionCreate: { completion: { id: string } } }).completionCreate.completion;
    const key = await createKeyOfAnotherProject();
    const query =
      'query ($id: ID!) { node(id: $id) { id } completion(id: $id) { id } completions { nodes { id } } accounting { started } }';
    const { json } = await server.send({ query, variables: { id } }, { key });
    expect(json.data).toEqual({ node: null, completion: null, completions: { nodes: [] }, accounting: { started: '0' } });
  });

  it('gives and changes no account, credential or alias of another project', async () => {
    const ofAccount = 'account { id credentials { id } } errors { __typename }';
    const connected = await server.send({
      query: `mutation ($input: ProviderAccountConnectInput!) { providerAccountConnect(input: $input) { ${ofAccount} } }`,
      variables: { input: { vendor: 'openai', secrets: [{ name: 'apiKey', value: 'key-of-the-test' }] } },
    });
    const { account } = (connected.json.data as { providerAccountConnect: { account: { id: string; credentials: { id: string }[] } } })
      .providerAccountConnect;
    const named = await server.send({
      query: 'mutation { modelAliasCreate(input: { name: "fast", targets: ["local/echo"] }) { alias { id } } }',
    });
    const { alias } = (named.json.data as { modelAliasCreate: { alias: { id: string } } }).modelAliasCreate;
    const key = await createKeyOfAnotherProject();
    const ids = [account.id, account.credentials[0]?.id, alias.id];
    for (const id of ids) {
      const own = await server.send({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id } });
      expect(own.json.data).toEqual({ node: { id } });
      const theirs = await server.send({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id } }, { key });
      expect(theirs.json.data).toEqual({ node: null });
    }
    const lists =
      '{ providerAccounts { totalCount } modelAliases { totalCount } models(filter: { isAvailable: true }) { nodes { name } } }';
    expect((await server.send({ query: lists }, { key })).json.data).toEqual({
      providerAccounts: { totalCount: 0 },
      modelAliases: { totalCount: 0 },
      models: { nodes: [{ name: 'local/echo' }] },
    });
    const acts = [
      ...['providerAccountUpdate', 'providerAccountTest', 'providerAccountEnable', 'providerAccountDisable', 'providerAccountDelete'].map(
        (name) => [name, `accountId: "${account.id}"`],
      ),
      ['providerModelsDiscover', `accountId: "${account.id}"`],
      ['providerCredentialAdd', `accountId: "${account.id}", name: "x", secrets: [{ name: "apiKey", value: "x" }]`],
      ...['providerCredentialEnable', 'providerCredentialDisable', 'providerCredentialDelete'].map((name) => [
        name,
        `credentialId: "${account.credentials[0]?.id}"`,
      ]),
      ['providerCredentialRotate', `credentialId: "${account.credentials[0]?.id}", secrets: [{ name: "apiKey", value: "x" }]`],
      ['modelAliasUpdate', `aliasId: "${alias.id}", targets: ["local/echo"]`],
      ['modelAliasDelete', `aliasId: "${alias.id}"`],
    ] as const;
    for (const [name, input] of acts) {
      const query = `mutation { ${name}(input: { ${input} }) { errors { __typename } } }`;
      const { json } = await server.send({ query }, { key });
      expect(json.data, name).toEqual({ [name]: { errors: [{ __typename: 'NotFoundError' }] } });
    }
    const after = await server.send({ query: '{ providerAccounts { nodes { isEnabled displayName credentials { status } } } }' });
    expect(after.json.data).toEqual({
      providerAccounts: { nodes: [{ isEnabled: true, displayName: 'OpenAI', credentials: [{ status: 'ACTIVE' }] }] },
    });
  });
});

async function createKeyOfAnotherProject(): Promise<string> {
  const key = await server.createKey([...SCOPES]);
  await server.database.pools.general.query(
    `with o as (insert into organization (id, name, created_at) values (gen_random_uuid(), 'Other', now()) returning id),
          p as (insert into project (id, organization_id, name, created_at) select gen_random_uuid(), id, 'Other', now() from o returning id, organization_id)
     update api_key set organization_id = p.organization_id, project_id = p.id from p
      where api_key.id = (select id from api_key order by created_at desc, id desc limit 1)`,
  );
  return key;
}
