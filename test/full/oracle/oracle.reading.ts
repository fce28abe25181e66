/** What both sides tell of an answer, in one form. */
export interface Reading {
  readonly text: string;
  readonly calls: readonly ReadCall[];
  readonly finishReason: string;
  readonly inputTokens: number | null;
  readonly cachedReadTokens: number | null;
  readonly outputTokens: number | null;
}

export interface ReadCall {
  readonly name: string;
  /** JSON text. */
  readonly input: string;
}

/** What differs between ours and theirs, one line each. */
export function differencesOf(ours: Reading, theirs: Reading): string[] {
  const lines: string[] = [];
  const compare = (what: string, our: unknown, their: unknown): void => {
    if (JSON.stringify(our) !== JSON.stringify(their)) lines.push(`${what}: ours ${show(our)}, theirs ${show(their)}`);
  };
  compare('text', ours.text, theirs.text);
  compare('tool calls', ours.calls.map(comparableCall), theirs.calls.map(comparableCall));
  compare('finish reason', ours.finishReason, theirs.finishReason);
  // What the wire does not tell, they leave out or call 0.
  if (theirs.inputTokens !== null) compare('input tokens', ours.inputTokens ?? 0, theirs.inputTokens);
  if (theirs.outputTokens !== null) compare('output tokens', ours.outputTokens ?? 0, theirs.outputTokens);
  if (theirs.cachedReadTokens !== null) compare('cached tokens', ours.cachedReadTokens ?? 0, theirs.cachedReadTokens);
  return lines;
}

function comparableCall({ name, input }: ReadCall): unknown {
  try {
    return { name, input: sorted(JSON.parse(input === '' ? '{}' : input)) };
  } catch {
    return { name, input };
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
