import { beginStream, sendJson, type UpstreamRequest, type Wire } from '../../testkit/upstream.ts';
import type { Override } from '../client-server.ts';
import { toBody, toEvents, type MadeAnswer } from '../made-answers.ts';
import { toResponse, toResponseEvents } from '../made-responses.ts';

/** What the scripted model lets an agent write, and how it ends. */
export interface Script {
  readonly path: string;
  readonly content: string;
  readonly end: string;
}

/** The tools by which agents write a file, with the arguments that each wants. */
const WRITERS: Readonly<Record<string, (script: Script) => Record<string, unknown>>> = {
  Write: ({ path, content }) => ({ file_path: path, content }),
  write_file: ({ path, content }) => ({ file_path: path, content }),
  write: ({ path, content }) => ({ filePath: path, content }),
  exec_command: ({ path, content }) => ({ cmd: `printf '%s' '${content}' > '${path}'` }),
  shell_command: ({ path, content }) => ({ command: `printf '%s' '${content}' > '${path}'` }),
};

const CALL_ID = 'call_of_the_script';
const TOKENS = [1_200, 34] as const;

/** A model that asks once for a file to be written, on any wire, and ends when it is told of the result. */
export const scriptedModel = (script: Script): Override => answering((request) => answerOf(request, script));

/** A model that ends at once. */
export const idleModel = ({ end }: Script): Override => answering(() => toWords(end));

function answering(answer: (request: UpstreamRequest) => MadeAnswer): Override {
  return (request, response) => {
    if (request.path.endsWith('/count_tokens')) return false;
    const made = answer(request);
    if (request.path.endsWith('/responses')) {
      if (request.isStream) beginStream(response).end(toResponseEvents(request, 'resp_upstream', made).join(''));
      else sendJson(response, 200, toResponse(request, 'resp_upstream', made));
      return true;
    }
    const wire: Wire = request.path.endsWith('/messages') ? 'anthropic' : 'openai';
    if (request.isStream) beginStream(response).end(toEvents(wire, made).join(''));
    else sendJson(response, 200, toBody(wire, made));
    return true;
  };
}

const toWords = (text: string): MadeAnswer => ({ words: [text.slice(0, 4), text.slice(4)], tokens: TOKENS });

/** Agents also ask for titles and the like, without tools: they get the last words. */
function answerOf(request: UpstreamRequest, script: Script): MadeAnswer {
  const name = toolNames(request.body['tools']).find((tool) => WRITERS[tool] !== undefined);
  const writer = name === undefined ? undefined : WRITERS[name];
  if (name === undefined || writer === undefined || request.text.includes(CALL_ID)) return toWords(script.end);
  const argumentsJson = JSON.stringify(writer(script));
  const middle = Math.floor(argumentsJson.length / 2);
  return { calls: [{ id: CALL_ID, name, pieces: [argumentsJson.slice(0, middle), argumentsJson.slice(middle)] }], tokens: TOKENS };
}

function toolNames(tools: unknown): string[] {
  if (!Array.isArray(tools)) return [];
  return (tools as { name?: string; function?: { name?: string } }[]).map((tool) => tool.function?.name ?? tool.name ?? '');
}
