/** JSON Schema and the wire's older subset of OpenAPI, which spells types in capitals and null as a flag. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import { objectsOf } from './gemini.wire.ts';

const OPENAPI_TYPE = /^(?:TYPE_UNSPECIFIED|STRING|NUMBER|INTEGER|BOOLEAN|ARRAY|OBJECT|NULL)$/;
const MAX_DEPTH = 64;

/** Whether a schema is written in the subset: one of its types is in capitals. */
export function isOpenApiSchema(schema: JsonObject, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (typeof schema['type'] === 'string' && OPENAPI_TYPE.test(schema['type'])) return true;
  return childrenOf(schema).some((child) => isOpenApiSchema(child, depth + 1));
}

/** A schema of the subset as JSON Schema; what is JSON Schema already stays as it is. */
export function toJsonSchema(schema: JsonObject): JsonObject {
  return isOpenApiSchema(schema) ? convert(schema, 0) : schema;
}

function childrenOf(schema: JsonObject): JsonObject[] {
  const properties = Object.values(objectOf(schema['properties']) ?? {});
  return objectsOf([...properties, schema['items'], ...arrayOf(schema['anyOf']), ...arrayOf(schema['prefixItems'])]);
}

function convert(value: JsonValue, depth: number): JsonObject {
  const schema = objectOf(value) ?? {};
  if (depth > MAX_DEPTH) return {};
  const { type, nullable, propertyOrdering: _ordering, property_ordering: _order, ...rest } = schema;
  const converted: Record<string, JsonValue> = { ...rest };
  const word = typeof type === 'string' ? type.toLowerCase() : type;
  if (word !== undefined && word !== 'type_unspecified')
    converted['type'] = nullable === true && typeof word === 'string' && word !== 'null' ? [word, 'null'] : word;
  const properties = objectOf(schema['properties']);
  if (properties !== null)
    converted['properties'] = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, convert(child, depth + 1)]));
  if (objectOf(schema['items']) !== null) converted['items'] = convert(schema['items'] as JsonValue, depth + 1);
  for (const name of ['anyOf', 'prefixItems'])
    if (Array.isArray(schema[name])) converted[name] = arrayOf(schema[name]).map((child) => convert(child, depth + 1));
  return converted;
}
