/** Tools and how they may be used. */
import type { CompletionRequest, JsonObject, JsonValue, ToolChoice, ToolDefinition } from '../../contract.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';
import { isOpenApiSchema } from './gemini.schema.ts';
import type { Warnings } from '../../shared/warnings.ts';

const DECLARATION_EXTRA = new Set(['behavior', 'response', 'responseJsonSchema', 'response_json_schema']);

/** `tools` and `toolConfig`; `vendorTools` are those of this wire that are no functions, such as `{googleSearch: {}}`. */
export function toTools(request: CompletionRequest, vendorTools: readonly JsonObject[], warnings: Warnings): JsonObject {
  const declarations = (request.tools ?? []).map((tool) => toDeclaration(tool, warnings));
  const tools = [...(declarations.length === 0 ? [] : [{ functionDeclarations: declarations }]), ...vendorTools];
  if (request.parallelToolCalls === false && declarations.length > 0)
    warnings.add('Gemini cannot be held to one tool call at a time: parallel_tool_calls was not sent.');
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(isSaid(request.toolChoice, declarations.length > 0)
      ? { toolConfig: { functionCallingConfig: toCallingConfig(request.toolChoice) } }
      : {}),
  };
}

/** Without functions `auto` and `none` say what is so anyway, and this wire refuses them. */
function isSaid(choice: ToolChoice | undefined, hasFunctions: boolean): choice is ToolChoice {
  return choice !== undefined && (hasFunctions || choice.mode === 'required' || choice.mode === 'tool');
}

function toDeclaration(tool: ToolDefinition, warnings: Warnings): JsonObject {
  if (tool.strict === true) warnings.add('Gemini has no strict mode for tools: strict was not sent.');
  const { type: _type, ...extra } = tool.extra ?? {};
  return {
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    ...(tool.parameters === undefined
      ? {}
      : { [isOpenApiSchema(tool.parameters) ? 'parameters' : 'parametersJsonSchema']: tool.parameters }),
    ...warnings.pick(extra, DECLARATION_EXTRA, 'tool'),
  };
}

function toCallingConfig(choice: ToolChoice): JsonObject {
  switch (choice.mode) {
    case 'auto':
      return { mode: 'AUTO' };
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] };
  }
}

/** Tools that a door could not read as functions: those of this wire name their kind by a field, other vendors' by `type`. */
export function toVendorTools(value: JsonValue | undefined, warnings: Warnings): JsonObject[] {
  return arrayOf(value).flatMap((item) => {
    const tool = objectOf(item);
    if (tool === null) return [];
    const type = stringOf(tool['type']);
    if (type === null) return [tool];
    warnings.add(`A tool of the type '${type.slice(0, 64)}' was not sent: Gemini does not offer it.`);
    return [];
  });
}
