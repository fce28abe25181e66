/** Gemini's generateContent. */
import type { MadeAnswer } from '../clients/made-answers.ts';
import type { Json } from './caller.ts';
import { argumentsOf, event, objectOf, objectsOf, textIn, type Family } from './family.ts';

/** The signature of thoughts stands on the first part that follows them. */
function partsOf({ words = [], calls = [], reasoning }: MadeAnswer): Json[] {
  const thoughts = (reasoning?.pieces ?? []).map((text) => ({ text, thought: true }));
  const said = words.map((text) => ({ text }));
  const made = calls.map((call, index) => ({
    functionCall: { name: call.name, args: argumentsOf(call) },
    ...(index > 0 || reasoning === undefined ? {} : { thoughtSignature: reasoning.signature }),
  }));
  return [...thoughts, ...said, ...made];
}

const usageOf = ({ tokens: [input, output] }: MadeAnswer): Json => ({
  promptTokenCount: input,
  candidatesTokenCount: output,
  totalTokenCount: input + output,
});
const chunk = (parts: readonly Json[], more: Json, finishReason?: string): Json => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...(finishReason === undefined ? {} : { finishReason }) }],
  modelVersion: 'gemini-2.5-flash',
  responseId: 'made',
  ...more,
});
const refusal = (code: number, status: string, message: string, details: readonly Json[] = []): Json => ({
  error: { code, message, status, ...(details.length === 0 ? {} : { details }) },
});

export const geminiFamily: Family = {
  name: 'Gemini',
  model: 'google-gemini/gemini-2.5-flash',
  env: (url) => ({ GEMINI_API_KEY: 'gemini-upstream', GOOGLE_GEMINI_BASE_URL: `${url}/v1beta` }),
  isStream: ({ path }) => path.includes(':streamGenerateContent'),
  streamType: 'text/event-stream',
  toBody: (answer) => chunk(partsOf(answer), { usageMetadata: usageOf(answer) }, 'STOP'),
  toStream: (answer) => [
    ...partsOf(answer).map((part) => event(chunk([part], {}))),
    event(chunk([], { usageMetadata: usageOf(answer) }, 'STOP')),
  ],
  reasoning: 'signed',
  failures: {
    limited: { httpStatus: 429, headers: { 'retry-after': '7' }, body: refusal(429, 'RESOURCE_EXHAUSTED', 'Slow down.') },
    invalid: { httpStatus: 400, body: refusal(400, 'INVALID_ARGUMENT', 'Invalid value at tools[0].function_declarations[0].parameters.') },
    long: {
      httpStatus: 400,
      body: refusal(400, 'INVALID_ARGUMENT', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'),
    },
    // A bad key is told as a bad argument: the reason alone tells them apart.
    unauthorized: {
      httpStatus: 400,
      body: refusal(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
      ]),
    },
  },
  read: ({ path, body }) => {
    const contents = objectsOf(body['contents']);
    const parts = (isModel: boolean): readonly Json[] =>
      contents.flatMap((content) => ((content['role'] === 'model') === isModel ? objectsOf(content['parts']) : []));
    const inline = parts(false).find((part) => part['inlineData'] !== undefined)?.['inlineData'] as Json | undefined;
    const thoughts = parts(true).filter((part) => part['thought'] === true);
    const signature = parts(true).find((part) => part['thoughtSignature'] !== undefined)?.['thoughtSignature'];
    const idOf = ({ id }: Json): string | null => (typeof id === 'string' ? id : null);
    return {
      model: /models\/([^:]+):/.exec(path)?.[1] ?? '',
      isStream: path.includes(':streamGenerateContent'),
      prompt: textIn(parts(false).find((part) => part['text'] !== undefined)?.['text']),
      image: inline === undefined ? null : { mediaType: String(inline['mimeType']), data: String(inline['data']) },
      tools: objectsOf(body['tools'])
        .flatMap((tool) => objectsOf(tool['functionDeclarations']))
        .map((tool) => ({ name: String(tool['name']), schema: tool['parametersJsonSchema'] ?? tool['parameters'] })),
      calls: parts(true).flatMap(({ functionCall }) => {
        const call = objectOf(functionCall);
        return functionCall === undefined ? [] : [{ id: idOf(call), name: String(call['name']), input: call['args'] }];
      }),
      results: parts(false).flatMap(({ functionResponse }) => {
        const result = objectOf(functionResponse);
        return functionResponse === undefined ? [] : [{ id: idOf(result), text: textIn(result['response']) }];
      }),
      reasoning:
        thoughts.length === 0 && signature === undefined
          ? null
          : { text: thoughts.map(({ text }) => String(text)).join(''), signature: signature === undefined ? null : String(signature) },
    };
  },
};
