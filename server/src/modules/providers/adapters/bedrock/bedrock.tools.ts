/** Tools and the choice among them -> `toolConfig`. */
import type { CompletionRequest, JsonObject, JsonValue, ToolDefinition } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { hasToolBlocks, toCachePoint } from './bedrock.content.ts';
import type { Warnings } from '../../shared/warnings.ts';

const TOOL_EXTRA: ReadonlySet<string> = new Set(['cache_control', 'cachePoint', 'type', 'systemTool']);

/** The `toolConfig`, or nothing when no tools go out. */
export function toToolConfig(request: CompletionRequest, warnings: Warnings): JsonObject {
  const tools = request.tools ?? [];
  if (tools.length === 0) return {};
  const choice = request.toolChoice;
  if (choice?.mode === 'none') {
    // Without tools the model calls none; only a conversation that has calls in it must keep them.
    if (!hasToolBlocks(request.messages)) return {};
    warnings.add("Bedrock cannot forbid tools in a conversation that has tool calls: tool_choice 'none' was not sent.");
  }
  if (request.parallelToolCalls === false) warnings.add('Bedrock cannot forbid parallel tool calls: parallel_tool_calls was not sent.');
  const specifications = tools.flatMap((tool) => toTool(tool, warnings));
  if (specifications.length === 0) return {};
  return { toolConfig: { tools: specifications, ...toToolChoice(choice) } };
}

function toToolChoice(choice: CompletionRequest['toolChoice']): JsonObject {
  if (choice === undefined || choice.mode === 'none') return {};
  if (choice.mode === 'tool') return { toolChoice: { tool: { name: choice.name } } };
  return { toolChoice: choice.mode === 'required' ? { any: {} } : { auto: {} } };
}

/** A function of the caller, or a tool that the model's host runs (`extra.systemTool`). Other vendors' own tools have no form here. */
function toTool(tool: ToolDefinition, warnings: Warnings): JsonValue[] {
  const system = objectOf(tool.extra?.['systemTool']);
  if (system !== null) return [{ systemTool: system }];
  const type = tool.extra?.['type'];
  if (typeof type === 'string' && type !== 'custom' && type !== 'function') {
    warnings.add(`The tool '${tool.name}' of type '${type.slice(0, 64)}' was not sent: another vendor runs it.`);
    return [];
  }
  warnings.pick(tool.extra, TOOL_EXTRA, 'tool');
  const specification = {
    name: tool.name,
    ...(tool.description === undefined || tool.description === '' ? {} : { description: tool.description }),
    inputSchema: { json: tool.parameters ?? { type: 'object', properties: {} } },
    ...(tool.strict === undefined ? {} : { strict: tool.strict }),
  };
  return [{ toolSpec: specification }, ...toCachePoint(tool.extra)];
}
