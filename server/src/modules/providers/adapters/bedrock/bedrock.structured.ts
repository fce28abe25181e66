/** An answer in the form of a schema: the API's own where the model has it, else the input of a tool that the model must call. */
import type { CompletionRequest, JsonObject, ResponseFormat } from '../../contract.ts';
import type { ModelFacts } from './bedrock.capabilities.ts';
import type { Warnings } from '../../shared/warnings.ts';

type Schema = Extract<ResponseFormat, { type: 'json-schema' }>;

export interface StructuredOutput {
  /** Members of the body. */
  readonly body: JsonObject;
  /** The tool whose input is the answer; its calls are text to the caller. Null: none. */
  readonly toolName: string | null;
}

const NOTHING: StructuredOutput = { body: {}, toolName: null };

/** `isThinking`: the model reasons, and then may not be made to call a tool. */
export function toStructuredOutput(
  request: CompletionRequest,
  facts: ModelFacts,
  isThinking: boolean,
  model: string,
  warnings: Warnings,
): StructuredOutput {
  const format = request.responseFormat;
  if (format?.type === 'json-object')
    warnings.add('Bedrock has no JSON mode without a schema: the answer may not be JSON. Ask for it in the prompt or give a schema.');
  if (format?.type !== 'json-schema') return NOTHING;
  if (facts.structured === 'native') return { body: toTextFormat(format), toolName: null };
  const why = whyNoTool(request, facts, isThinking);
  if (why === null) return toForcedTool(format);
  warnings.add(`The response format was not sent: ${model} has no structured output at Bedrock, and ${why}.`);
  return NOTHING;
}

/** The schema travels as text. */
function toTextFormat({ schema, name, description }: Schema): JsonObject {
  const jsonSchema = { schema: JSON.stringify(schema), name, ...(description === undefined ? {} : { description }) };
  return { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } };
}

/** Why a tool cannot stand in; null when it can. */
function whyNoTool(request: CompletionRequest, facts: ModelFacts, isThinking: boolean): string | null {
  if (facts.structured === 'none') return 'cannot be made to call a tool in its place';
  if ((request.tools?.length ?? 0) > 0) return 'a tool in its place would keep it from calling yours';
  return isThinking ? 'cannot be made to call a tool in its place while it reasons' : null;
}

function toForcedTool({ schema, name, description }: Schema): StructuredOutput {
  const toolName = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer';
  const toolSpec = { name: toolName, ...(description === undefined ? {} : { description }), inputSchema: { json: schema } };
  return { body: { toolConfig: { tools: [{ toolSpec }], toolChoice: { tool: { name: toolName } } } }, toolName };
}
