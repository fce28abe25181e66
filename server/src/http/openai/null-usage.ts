/** JSON, or events of it, without members `usage` that are null. Inside a string every quote has a backslash before it: what matches is a member. */
export function withoutNullUsage(json: string): string {
  return json.replaceAll(/,\s*"usage"\s*:\s*null(?=\s*[,}])|(?<=\{\s*)"usage"\s*:\s*null\s*,/g, '');
}
