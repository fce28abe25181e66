import { setTimeout as wait } from 'node:timers/promises';
import type { Acknowledged } from './history.ts';
import type { Subject } from './subject.ts';

const WHOLE_WORKERS = 6;
const GRAPHQL_WORKERS = 4;
const STREAM_WORKERS = 8;
/** After a refused or broken call, before the next one: a dead server must not be hammered. */
const PAUSE_AFTER_FAILURE_MS = 25;
const STREAM_TOKENS = 20;

const MUTATION = `mutation ($input: CompletionCreateInput!) {
  completionCreate(input: $input) { completion { id usage { totalTokens } } errors { __typename } }
}`;

/** Clients that call without pause and note what they were given whole. Numbers of calls go on over the whole drill. */
export class Load {
  readonly #subject: Subject;
  readonly acknowledged: Acknowledged[] = [];
  attempted = 0;
  failed = 0;
  #stopping = new AbortController();
  #workers: Promise<void>[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  start(): void {
    this.#stopping = new AbortController();
    const run = (count: number, call: (id: number) => Promise<Answered>): Promise<void>[] =>
      Array.from({ length: count }, () => this.#work(call));
    this.#workers = [
      ...run(WHOLE_WORKERS, (id) => this.#whole(id)),
      ...run(GRAPHQL_WORKERS, (id) => this.#graphql(id)),
      ...run(STREAM_WORKERS, (id) => this.#stream(id)),
    ];
  }

  /** Takes no new calls and breaks off those that run. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#workers);
  }

  async #work(call: (id: number) => Promise<Answered>): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const id = (this.attempted += 1);
      try {
        this.acknowledged.push({ call: id, ...(await call(id)) });
      } catch {
        this.failed += 1;
        await wait(PAUSE_AFTER_FAILURE_MS);
      }
    }
  }

  async #whole(id: number): Promise<Answered> {
    const answer = await this.#post('/v1/chat/completions', { ...chat(id), stream: false });
    const body = (await answer.json()) as { usage: { total_tokens: number } };
    return { requestId: requestIdOf(answer), totalTokens: body.usage.total_tokens };
  }

  async #graphql(id: number): Promise<Answered> {
    const input = { model: 'local/echo', messages: [{ user: { content: { text: `call ${id}` } } }], metadata: { drill: String(id) } };
    const answer = await this.#post('/graphql', { query: MUTATION, variables: { input } });
    const body = (await answer.json()) as {
      data?: { completionCreate: { completion: { id: string; usage: { totalTokens: number } } | null; errors: unknown[] } };
    };
    const created = body.data?.completionCreate;
    if (created === undefined || created.errors.length > 0 || created.completion === null) throw new Error('refused');
    return { requestId: created.completion.id, totalTokens: created.completion.usage.totalTokens };
  }

  /** Acknowledged is only a stream with its end marker. */
  async #stream(id: number): Promise<Answered> {
    const script = { tokens: Array.from({ length: STREAM_TOKENS }, (_, index) => `t${index} `), tokenIntervalMs: 10 };
    const answer = await this.#post('/v1/chat/completions', {
      ...chat(id),
      stream: true,
      stream_options: { include_usage: true },
      antiphonEcho: script,
    });
    const text = await readToEndMarker(answer);
    return { requestId: requestIdOf(answer), totalTokens: Number(/"total_tokens":(\d+)/.exec(text)?.[1]) };
  }

  async #post(path: string, body: unknown): Promise<Response> {
    const answer = await fetch(this.#subject.baseUrl + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#subject.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(30_000)]),
    });
    if (answer.status === 200) return answer;
    await answer.arrayBuffer();
    throw new Error(`status ${answer.status}`);
  }
}

type Answered = Omit<Acknowledged, 'call'>;

function requestIdOf(answer: Response): string {
  return answer.headers.get('x-request-id') ?? '';
}

/** The caller has the whole answer with its end marker, whatever becomes of the connection afterwards. */
async function readToEndMarker(answer: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes('data: [DONE]')) return text;
  }
  throw new Error('cut');
}

function chat(id: number): { model: string; messages: unknown[]; metadata: { drill: string } } {
  return { model: 'local/echo', messages: [{ role: 'user', content: `call ${id}` }], metadata: { drill: String(id) } };
}
