import { Lexer, Source, TokenKind, type Token } from 'graphql';
import { AntiphonError } from '../../../kernel/errors/index.ts';

/** Bounds of a document's text, checked before it is parsed. */
export interface DocumentLimits {
  readonly maxBytes: number;
  readonly maxTokens: number;
  /** Aliases, those of `__typename` included. */
  readonly maxAliases: number;
  readonly maxDirectives: number;
  /** Nesting of selection sets. */
  readonly maxDepth: number;
  /** Fields as written; fragments count once. */
  readonly maxFields: number;
}

export const DOCUMENT_LIMITS: DocumentLimits = {
  maxBytes: 100 * 1024,
  maxTokens: 1000,
  maxAliases: 15,
  maxDirectives: 10,
  maxDepth: 12,
  maxFields: 200,
};

/** What stands in a document, as far as the lexer can tell. */
interface DocumentShape {
  tokens: number;
  aliases: number;
  directives: number;
  depth: number;
  fields: number;
}

/**
 * Refuses a document that would be expensive to parse, validate or answer, by reading its tokens only.
 * Throws INVALID_INPUT. What is not GraphQL at all is left to the parser, which says it better.
 */
export function guardDocument(text: string, limits: DocumentLimits = DOCUMENT_LIMITS): void {
  if (Buffer.byteLength(text) > limits.maxBytes) refuse('is larger', limits.maxBytes, 'bytes');
  const scan = new Scan(limits);
  const lexer = new Lexer(new Source(text));
  for (;;) {
    const token = advance(lexer);
    if (token === null || token.kind === TokenKind.EOF) return;
    scan.see(token);
  }
}

/** Null where the text stops being GraphQL. */
function advance(lexer: Lexer): Token | null {
  try {
    return lexer.advance();
  } catch {
    return null;
  }
}

class Scan {
  readonly #limits: DocumentLimits;
  readonly #shape: DocumentShape = { tokens: 0, aliases: 0, directives: 0, depth: 0, fields: 0 };
  #previous: string = TokenKind.SOF;
  #braces = 0;
  #parentheses = 0;

  constructor(limits: DocumentLimits) {
    this.#limits = limits;
  }

  see({ kind, value }: Token): void {
    const shape = this.#shape;
    shape.tokens += 1;
    if (kind === TokenKind.PAREN_L) this.#parentheses += 1;
    else if (kind === TokenKind.PAREN_R) this.#parentheses -= 1;
    else if (kind === TokenKind.AT) shape.directives += 1;
    else if (this.#parentheses === 0) this.#seeSelection(kind);
    // The type of an inline fragment is no field.
    this.#previous = this.#previous === TokenKind.SPREAD && value === 'on' ? TokenKind.SPREAD : kind;
    this.#check();
  }

  /** Outside of arguments: selection sets, and the heads of operations and fragments. */
  #seeSelection(kind: string): void {
    const shape = this.#shape;
    if (kind === TokenKind.BRACE_L) shape.depth = Math.max(shape.depth, (this.#braces += 1));
    else if (kind === TokenKind.BRACE_R) this.#braces -= 1;
    else if (this.#braces === 0) return;
    else if (kind === TokenKind.COLON) shape.aliases += 1;
    // An alias and its field are one field; names of directives and fragments are none.
    else if (kind === TokenKind.NAME && (this.#previous === TokenKind.NAME || FIELD_FOLLOWS.has(this.#previous))) shape.fields += 1;
  }

  #check(): void {
    const { tokens, aliases, directives, depth, fields } = this.#shape;
    const { maxTokens, maxAliases, maxDirectives, maxDepth, maxFields } = this.#limits;
    if (tokens > maxTokens) refuse('has more', maxTokens, 'tokens');
    if (aliases > maxAliases) refuse('has more', maxAliases, 'aliases');
    if (directives > maxDirectives) refuse('has more', maxDirectives, 'directives');
    if (depth > maxDepth) refuse('is nested deeper', maxDepth, 'levels');
    if (fields > maxFields) refuse('has more', maxFields, 'fields');
  }
}

const FIELD_FOLLOWS: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACE_R, TokenKind.PAREN_R]);

function refuse(excess: string, limit: number, unit: string): never {
  throw new AntiphonError(
    'INVALID_INPUT',
    `The document ${excess} than ${limit} ${unit}. Ask for less, or split it into several requests.`,
  );
}
