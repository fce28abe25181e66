/** The calls that the bench makes: one builder per door, each giving a complete load job. */
import type { AnswerExpectation } from './answer-check.ts';
import { answerText, answerTokens, formatDirective, REPORTED_PROMPT_TOKENS, streamedText, type AnswerPlan } from './fake-upstream-plan.ts';
import { NONCE, type LoadJob, type LoopPlan } from './load-run.ts';

/** Where an OpenAI-wire call goes: the server's base URL or the bare proxy's. */
export interface OpenAiTarget {
  /** Ends in `/v1`. */
  openaiBaseUrl: string;
  apiKey: string;
  model: string;
}

export interface GraphqlTarget {
  /** The HTTP endpoint; subscriptions go to `<graphqlUrl>/stream`. */
  graphqlUrl: string;
  apiKey: string;
  model: string;
}

const SYSTEM_PROMPT =
  'You are the support assistant of a shop that sells bicycles and their parts. Answer in the language of the customer, briefly and exactly. ' +
  'When something is not in the order data below, say that you do not know it. Never promise a date of delivery.';

/** About 600 bytes with the system prompt: an ordinary short support call. The directive tells the fake upstream what to do. */
function userPrompt(plan: AnswerPlan): string {
  return (
    `Order ${NONCE}: one rear derailleur, two brake cables, one saddle in brown. The parcel shows as delivered, but the saddle is missing and ` +
    `one cable is bent. What should the customer do next, and which of the parts may be sent back? (${formatDirective(plan)})`
  );
}

const MAX_OUTPUT_TOKENS = 2048;

function chatBody(model: string, plan: AnswerPlan, stream: object): string {
  const messages = [
    { role: 'system', content: SYSTEM_PROMPT },
    { role: 'user', content: userPrompt(plan) },
  ];
  return JSON.stringify({ model, messages, temperature: 0.2, max_tokens: MAX_OUTPUT_TOKENS, ...stream });
}

function wholeAnswer(kind: 'chat' | 'graphql', plan: AnswerPlan): AnswerExpectation {
  return { kind, text: answerText(plan), chunks: 0, inputTokens: REPORTED_PROMPT_TOKENS, outputTokens: answerTokens(plan) };
}

function streamedAnswer(kind: 'chat-stream' | 'graphql-stream', plan: AnswerPlan): AnswerExpectation {
  return { kind, text: streamedText(plan), chunks: plan.chunks, inputTokens: REPORTED_PROMPT_TOKENS, outputTokens: plan.chunks };
}

function bearer(apiKey: string): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}

/** POST /v1/chat/completions, answered whole. */
export function chatJob(target: OpenAiTarget, plan: AnswerPlan, loop: LoopPlan, firstNonce: number): LoadJob {
  return {
    url: `${target.openaiBaseUrl}/chat/completions`,
    headers: { ...bearer(target.apiKey), accept: 'application/json' },
    body: chatBody(target.model, plan, {}),
    firstNonce,
    expectation: wholeAnswer('chat', plan),
    loop,
  };
}

/** The same call streamed, with usage asked for, so that proxy and server relay the same bytes. */
export function chatStreamJob(target: OpenAiTarget, plan: AnswerPlan, loop: LoopPlan, firstNonce: number): LoadJob {
  return {
    url: `${target.openaiBaseUrl}/chat/completions`,
    headers: { ...bearer(target.apiKey), accept: 'text/event-stream' },
    body: chatBody(target.model, plan, { stream: true, stream_options: { include_usage: true } }),
    firstNonce,
    expectation: streamedAnswer('chat-stream', plan),
    loop,
  };
}

const COMPLETION_CREATE = `mutation BenchCompletion($input: CompletionCreateInput!) {
  completionCreate(input: $input) {
    completion { id output { text } usage { inputTokens outputTokens } cost { amountUsd } }
    errors { __typename }
  }
}`;

const COMPLETION_STREAM = `subscription BenchStream($input: CompletionStreamInput!) {
  completionStream(input: $input) {
    __typename
    ... on CompletionStarted { sequence completionId model }
    ... on CompletionTextDelta { sequence text }
    ... on CompletionChoiceFinished { sequence finishReason }
    ... on CompletionFinished { sequence completion { id usage { inputTokens outputTokens } cost { amountUsd } } }
    ... on CompletionFailed { sequence error { __typename } }
  }
}`;

function completionInput(model: string, plan: AnswerPlan): object {
  return {
    model,
    messages: [{ system: { content: { text: SYSTEM_PROMPT } } }, { user: { content: { text: userPrompt(plan) } } }],
    options: { temperature: 0.2, maxOutputTokens: MAX_OUTPUT_TOKENS },
  };
}

/** completionCreate over GraphQL HTTP POST. */
export function graphqlJob(target: GraphqlTarget, plan: AnswerPlan, loop: LoopPlan, firstNonce: number): LoadJob {
  return {
    url: target.graphqlUrl,
    headers: { ...bearer(target.apiKey), accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: COMPLETION_CREATE, variables: { input: completionInput(target.model, plan) } }),
    firstNonce,
    expectation: wholeAnswer('graphql', plan),
    loop,
  };
}

/** The streaming subscription over server-sent events (graphql-sse, distinct connections). */
export function graphqlStreamJob(target: GraphqlTarget, plan: AnswerPlan, loop: LoopPlan, firstNonce: number): LoadJob {
  return {
    url: `${target.graphqlUrl}/stream`,
    headers: { ...bearer(target.apiKey), accept: 'text/event-stream' },
    body: JSON.stringify({ query: COMPLETION_STREAM, variables: { input: completionInput(target.model, plan) } }),
    firstNonce,
    expectation: streamedAnswer('graphql-stream', plan),
    loop,
  };
}
