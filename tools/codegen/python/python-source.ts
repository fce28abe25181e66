/** Keywords that cannot name a parameter, an attribute or a key of a class-style TypedDict. */
const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

export function isKeyword(name: string): boolean {
  return KEYWORDS.has(name);
}

/** `completionCreate` and `CompletionCreate` as `completion_create`; a keyword gets a trailing underscore. */
export function toSnakeCase(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
  return isKeyword(snake) ? `${snake}_` : snake;
}

export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A string literal. JSON's escapes are Python's too. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** A docstring at an indentation; no lines when there is nothing to say. */
export function docstring(description: string | null | undefined, indent: string): string[] {
  if (!description) return [];
  const text = description.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"');
  const [first = '', ...others] = text.split('\n');
  if (others.length === 0) return [`${indent}"""${first}"""`];
  return [`${indent}"""${first}`, ...others.map((line) => (line === '' ? '' : `${indent}${line}`)), `${indent}"""`];
}

/** A class with a docstring and a body, which may be empty. */
export function printClass(head: string, description: string | null | undefined, body: readonly string[]): string {
  const lines = [...docstring(description, '    '), ...body];
  return [`class ${head}:`, ...(lines.length === 0 ? ['    pass'] : lines)].join('\n');
}
