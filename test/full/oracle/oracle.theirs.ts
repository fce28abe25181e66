/** The oracle's side: packages for many providers by others, which stand in no request path of ours. */
import type { OracleCase } from './oracle.cases.ts';
import type { Reading, ReadCall } from './oracle.reading.ts';

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly delta?: string;
  readonly toolName?: string;
  readonly input?: string;
  readonly providerExecuted?: boolean;
  readonly finishReason?: { readonly unified: string };
  readonly usage?: TheirUsage;
  readonly error?: unknown;
}

interface TheirUsage {
  readonly inputTokens: { readonly total?: number; readonly cacheRead?: number };
  readonly outputTokens: { readonly total?: number };
}

interface Model {
  doGenerate(options: unknown): Promise<{ content: Part[]; finishReason: { unified: string }; usage: TheirUsage }>;
  doStream(options: unknown): Promise<{ stream: AsyncIterable<Part> }>;
}

type Make = (settings: Record<string, unknown>) => (model: string) => Model;

interface Package {
  readonly name: string;
  readonly create: string;
  /** Method of the created provider that gives a chat model; left out: it is called itself. */
  readonly method?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

const COMPATIBLE: Package = {
  name: '@ai-sdk/openai-compatible',
  create: 'createOpenAICompatible',
  method: 'chatModel',
  settings: { name: 'any', baseURL: 'http://oracle/v1' },
};
const OPENAI: Package = { name: '@ai-sdk/openai', create: 'createOpenAI', method: 'chat' };

const OF_PROVIDER: Readonly<Record<string, Package>> = {
  'azure-openai': OPENAI,
  bedrock: { name: '@ai-sdk/amazon-bedrock', create: 'createAmazonBedrock', settings: { region: 'us-east-1' } },
  cerebras: { name: '@ai-sdk/cerebras', create: 'createCerebras' },
  cohere: { name: '@ai-sdk/cohere', create: 'createCohere' },
  deepseek: { name: '@ai-sdk/deepseek', create: 'createDeepSeek' },
  fireworks: { name: '@ai-sdk/fireworks', create: 'createFireworks' },
  'google-gemini': { name: '@ai-sdk/google', create: 'createGoogleGenerativeAI' },
  'google-vertex': { name: '@ai-sdk/google-vertex', create: 'createGoogleVertex', settings: { project: 'p', location: 'us-central1' } },
  groq: { name: '@ai-sdk/groq', create: 'createGroq' },
  mistral: { name: '@ai-sdk/mistral', create: 'createMistral' },
  openai: OPENAI,
  perplexity: { name: '@ai-sdk/perplexity', create: 'createPerplexity' },
  together: { name: '@ai-sdk/togetherai', create: 'createTogetherAI' },
};

function packageOf({ api, provider }: OracleCase): Package {
  if (api === 'messages') return { name: '@ai-sdk/anthropic', create: 'createAnthropic' };
  if (api === 'responses' && provider === 'xai') return { name: '@ai-sdk/xai', create: 'createXai', method: 'responses' };
  if (api === 'responses') return { ...OPENAI, method: 'responses' };
  return OF_PROVIDER[provider] ?? COMPATIBLE;
}

/** Null when the packages are not installed. */
export async function isOracleInstalled(): Promise<boolean> {
  try {
    await import(COMPATIBLE.name);
    return true;
  } catch {
    return false;
  }
}

/** What the package makes of a recorded answer. */
export async function readTheirs(recorded: OracleCase): Promise<Reading> {
  const model = await modelFor(recorded);
  const options = {
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
    includeRawChunks: false,
  };
  if (!recorded.isStream) {
    const { content, finishReason, usage } = await model.doGenerate(options);
    return toReading(content, finishReason.unified, usage);
  }
  const { stream } = await model.doStream(options);
  const parts: Part[] = [];
  let finish: Part | null = null;
  for await (const part of stream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'finish') finish = part;
    else parts.push(part);
  }
  return toReading(parts, finish?.finishReason?.unified ?? 'none', finish?.usage ?? null);
}

async function modelFor(recorded: OracleCase): Promise<Model> {
  const { name, create, method, settings } = packageOf(recorded);
  const module = (await import(name)) as Record<string, Make>;
  const made = module[create]?.({
    apiKey: 'key-of-the-test',
    ...settings,
    fetch: () => Promise.resolve(new Response(new Uint8Array(recorded.bytes), { status: 200, headers: recorded.headers })),
  });
  if (made === undefined) throw new Error(`${name} has no ${create}`);
  const makeModel = method === undefined ? made : (made as unknown as Record<string, (model: string) => Model>)[method];
  if (makeModel === undefined) throw new Error(`${name} has no ${method}`);
  return makeModel('any-model');
}

function toReading(parts: readonly Part[], finishReason: string, usage: TheirUsage | null): Reading {
  const text = parts
    .map((part) => (part.type === 'text' ? (part.text ?? '') : part.type === 'text-delta' ? (part.delta ?? '') : ''))
    .join('');
  const calls: ReadCall[] = parts
    .filter(({ type, providerExecuted }) => type === 'tool-call' && providerExecuted !== true)
    .map(({ toolName = '', input = '' }) => ({ name: toolName, input }));
  return {
    text,
    calls,
    finishReason,
    inputTokens: usage?.inputTokens.total ?? null,
    cachedReadTokens: usage?.inputTokens.cacheRead ?? null,
    outputTokens: usage?.outputTokens.total ?? null,
  };
}
