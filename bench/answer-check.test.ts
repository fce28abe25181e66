import { describe, expect, it } from 'vitest';
import { AnswerChecks, type AnswerExpectation } from './answer-check.ts';

const chat: AnswerExpectation = { kind: 'chat', text: 'all is well THE-END', chunks: 0, inputTokens: 120, outputTokens: 5 };
const chatStream: AnswerExpectation = { kind: 'chat-stream', text: 'all well', chunks: 2, inputTokens: 120, outputTokens: 2 };
const graphql: AnswerExpectation = { ...chat, kind: 'graphql' };
const graphqlStream: AnswerExpectation = { ...chatStream, kind: 'graphql-stream' };

function failureOf(expectation: AnswerExpectation, pieces: string[], status = '200', contentLength?: number): string | undefined {
  const check = new AnswerChecks(expectation).next();
  check.head(status, contentLength);
  for (const piece of pieces) check.body(Buffer.from(piece));
  return check.failure();
}

function chatBody(content: string, completionTokens = 5): string {
  return JSON.stringify({ choices: [{ message: { content } }], usage: { prompt_tokens: 120, completion_tokens: completionTokens } });
}

const CHAT_EVENTS = [
  'data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n',
  'data: {"choices":[{"delta":{"content":"all "}}]}\n\n',
  'data: {"choices":[{"delta":{"content":"well"}}]}\n',
  '\ndata: {"choices":[],"usage":{"prompt_tokens":120,"completion_tokens":2}}\n\n',
  'data: [DONE]\n\n',
];

const next = (event: object): string => `event: next\ndata: ${JSON.stringify({ data: { completionStream: event } })}\n\n`;
const GRAPHQL_EVENTS = [
  ':\n\n',
  next({ __typename: 'CompletionStarted', sequence: 0 }),
  next({ __typename: 'CompletionTextDelta', sequence: 1, text: 'all ' }),
  next({ __typename: 'CompletionTextDelta', sequence: 2, text: 'well' }),
  next({ __typename: 'CompletionFinished', sequence: 3, completion: { usage: { inputTokens: 120, outputTokens: 2 } } }),
  'event: complete\ndata:\n\n',
];

describe('AnswerChecks', () => {
  it('accepts a right answer of every kind', () => {
    const body = chatBody(chat.text);
    expect(failureOf(chat, [body.slice(0, 20), body.slice(20)], '200', body.length)).toBeUndefined();
    const completion = { output: { text: graphql.text }, usage: { inputTokens: 120, outputTokens: 5 } };
    expect(failureOf(graphql, [JSON.stringify({ data: { completionCreate: { completion, errors: [] } } })])).toBeUndefined();
    expect(failureOf(chatStream, CHAT_EVENTS)).toBeUndefined();
    expect(failureOf(graphqlStream, GRAPHQL_EVENTS)).toBeUndefined();
  });

  it('shows status and words of a refusal', () => {
    expect(failureOf(chat, ['{"error":"slow down"}'], '429')).toBe('HTTP 429: {"error":"slow down"}');
    expect(failureOf(chatStream, ['{"error":"slow down"}'], '503')).toBe('HTTP 503: {"error":"slow down"}');
  });

  it('refuses a wrong length, a cut text, another text and wrong usage', () => {
    const body = chatBody(chat.text);
    expect(failureOf(chat, [body], '200', body.length + 1)).toContain('content-length');
    expect(failureOf(chat, [chatBody('all is well THE-')])).toContain('no end');
    expect(failureOf(chat, [chatBody(`not ${chat.text}`)])).toContain('text differs');
    expect(failureOf(chat, [chatBody(chat.text, 6)])).toContain('usage is 120 + 6, not 120 + 5');
  });

  it('refuses a GraphQL answer with errors instead of a completion', () => {
    expect(failureOf(graphql, ['{"data":{"completionCreate":{"completion":null,"errors":[{"__typename":"NoRouteError"}]}}}'])).toContain(
      'NoRouteError',
    );
  });

  it('refuses a stream that is cut, lacks a chunk or lacks its usage', () => {
    expect(failureOf(chatStream, CHAT_EVENTS.slice(0, -1))).toContain('did not end');
    expect(failureOf(chatStream, [CHAT_EVENTS[1] ?? '', ...CHAT_EVENTS.slice(3)])).toContain('text differs');
    expect(failureOf(chatStream, CHAT_EVENTS.with(3, '\n'))).toContain('usage is undefined');
    expect(failureOf(graphqlStream, GRAPHQL_EVENTS.slice(0, -1))).toContain('did not end');
    expect(failureOf(graphqlStream, GRAPHQL_EVENTS.toSpliced(2, 1))).toContain('text differs');
    expect(failureOf(graphqlStream, GRAPHQL_EVENTS.toSpliced(4, 1))).toContain('usage is undefined');
  });

  it('counts events across pieces cut between the two line ends', () => {
    const check = new AnswerChecks(chatStream).next();
    check.head('200', undefined);
    for (const piece of CHAT_EVENTS) check.body(Buffer.from(piece));
    expect(check.events).toBe(5);
  });

  it('refuses a later answer whose size is unlike the first', () => {
    const checks = new AnswerChecks(chat);
    const failures = [chatBody(chat.text), `${' '.repeat(300)}${chatBody(chat.text)}`].map((body) => {
      const check = checks.next();
      check.head('200', undefined);
      check.body(Buffer.from(body));
      return check.failure();
    });
    expect(failures).toEqual([undefined, expect.stringContaining('unlike the first answer')]);
  });
});
