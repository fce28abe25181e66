import type { BodyDoc, ErrorDialect, OperationDoc, Schema } from './operation.ts';

/** Where the same paths are served too; a client may have them as its base. */
export interface AliasDoc {
  readonly base: string;
  readonly of: string;
}

export interface DocumentOptions {
  readonly version: string;
  readonly operations: readonly OperationDoc[];
  readonly aliases: readonly AliasDoc[];
}

const DESCRIPTION =
  'The wires that programs already speak, over one set of models: OpenAI, Anthropic, Gemini and Ollama. Any of them reaches any model; ' +
  'where the provider speaks the wire of the caller, bodies and streams pass through as they are. Fields that are not listed here pass on ' +
  'to the provider where its wire allows. Methods of the Gemini wire are taken under /v1/models too. GraphQL at /graphql has all of it with types.';

const CALL_HEADERS: Readonly<Record<string, Schema>> = {
  'idempotency-key': {
    type: 'string',
    maxLength: 255,
    description: 'Repeats of a whole call with the same key and input get its first answer.',
  },
  'x-antiphon-max-cost-usd': { type: 'string', description: 'Refuses the call before it begins when it could cost more, such as `0.05`.' },
  'x-antiphon-deadline-ms': { type: 'integer', description: 'Ends the call after this time.' },
  'x-antiphon-on-disconnect': { type: 'string', enum: ['cancel', 'finish'], description: 'What becomes of a stream whose caller leaves.' },
};

const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  'x-request-id': 'Id of the call: also what GraphQL knows the completion by.',
  'x-antiphon-provider': 'Who served the call.',
  'x-antiphon-model': 'The model that served it.',
  'x-antiphon-attempts': 'How many calls to providers it took.',
  'x-antiphon-cost-usd': 'What it cost, or `unknown`.',
  'x-antiphon-warnings': 'How many warnings its record holds; left out where there are none.',
};

const ERROR_SCHEMAS: Readonly<Record<ErrorDialect, Schema>> = {
  OpenAi: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['message', 'type', 'param', 'code'],
        properties: {
          message: { type: 'string' },
          type: { type: 'string' },
          param: { type: ['string', 'null'] },
          code: { type: 'string' },
        },
      },
    },
  },
  Anthropic: {
    type: 'object',
    required: ['type', 'error', 'request_id'],
    properties: {
      type: { const: 'error' },
      error: { type: 'object', required: ['type', 'message'], properties: { type: { type: 'string' }, message: { type: 'string' } } },
      request_id: { type: 'string' },
    },
  },
  Gemini: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message', 'status'],
        properties: {
          code: { type: 'integer' },
          message: { type: 'string' },
          status: { type: 'string' },
          details: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
  Ollama: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
};

/** The OpenAPI 3.1 document of the REST doors. */
export function createOpenApiDocument({ version, operations, aliases }: DocumentOptions): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = toOperation(operation);
  return {
    openapi: '3.1.0',
    info: { title: 'Antiphon REST', version, description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [
      {
        url: '/',
        description: `The same paths are served under: ${aliases.map(({ base, of }) => `\`${base}\` for \`${of}\``).join(', ')}.`,
      },
    ],
    security: [{ bearer: [] }, { anthropicKey: [] }, { googleKey: [] }, { azureKey: [] }],
    tags: [...new Set(operations.map(({ errors }) => errors))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        anthropicKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        googleKey: { type: 'apiKey', in: 'header', name: 'x-goog-api-key' },
        azureKey: { type: 'apiKey', in: 'header', name: 'api-key' },
      },
      schemas: Object.fromEntries(Object.entries(ERROR_SCHEMAS).map(([name, schema]) => [`${name}Error`, schema])),
    },
  };
}

function toOperation(operation: OperationDoc): Schema {
  const { id, summary, errors, scope, body } = operation;
  const parameters = toParameters(operation);
  return {
    operationId: id,
    summary,
    tags: [errors],
    ...(scope === null ? { security: [] } : { description: `Needs the permission ${scope}.` }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: toRequestBody(body) }),
    responses: {
      '200': toAnswer(operation),
      default: { description: 'What went wrong, in the words of this wire.', ...jsonOf({ $ref: `#/components/schemas/${errors}Error` }) },
    },
  };
}

function toParameters({ path, query = {}, headers = {}, isCall }: OperationDoc): readonly Schema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: name === 'model' || name === 'deployment' ? 'Name of a model; its slash may be written as it is or as %2F.' : 'An id.',
  }));
  const of = (place: 'query' | 'header', schemas: Readonly<Record<string, Schema>>): readonly Schema[] =>
    Object.entries(schemas).map(([name, { description, ...schema }]) => ({ name, in: place, schema, description }));
  return [...inPath, ...of('query', query), ...of('header', { ...headers, ...(isCall === true ? CALL_HEADERS : {}) })];
}

function toRequestBody({ required, properties, mediaType = 'application/json' }: BodyDoc): Schema {
  return { required: true, content: { [mediaType]: { schema: { type: 'object', required, properties, additionalProperties: true } } } };
}

function toAnswer({ answer, isCall }: OperationDoc): Schema {
  const { description, properties, stream, mediaType } = answer;
  const content = {
    ...(properties === undefined ? {} : jsonOf({ type: 'object', properties, additionalProperties: true }).content),
    ...(stream === undefined ? {} : { [stream]: { schema: { type: 'string' } } }),
    ...(mediaType === undefined ? {} : { [mediaType]: {} }),
  };
  const headers = Object.entries(ANSWER_HEADERS).map(([name, about]) => [name, { description: about, schema: { type: 'string' } }]);
  return { description, ...(isCall === true ? { headers: Object.fromEntries(headers) as Schema } : {}), content };
}

function jsonOf(schema: Schema): { readonly content: Schema } {
  return { content: { 'application/json': { schema } } };
}
