/** Where a client finds the server, and how it is told to behave. */
export interface Connection {
  /** With `/v1` at its end. */
  readonly openAiUrl: string;
  /** Without a path. */
  readonly rootUrl: string;
  readonly apiKey: string;
  /** How often the client may repeat what failed. */
  readonly retries: number;
}

export interface Told {
  readonly text: string;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

export interface ToldInPieces extends Told {
  /** As they came; whoever reads only the whole text of a stream hides the stream. */
  readonly pieces: readonly string[];
}

/** What the tool of every conversation does. */
export type Weather = (city: string) => string;

/** A client reduced to what its users do with it. Each is written as its own documentation shows it. */
export interface ConnectedClient {
  ask(model: string, prompt: string): Promise<Told>;
  stream(model: string, prompt: string): Promise<ToldInPieces>;
  /** Lets the model call the tool `get_weather` of one argument `city` until it answers; resolves with the answer. */
  converse(model: string, prompt: string, weather: Weather): Promise<string>;
  /** The same with every turn streamed. */
  converseInStream(model: string, prompt: string, weather: Weather): Promise<string>;
}

type ExceptionClass = abstract new (...parameters: never[]) => Error;

export interface ClientProgram {
  /** Its package, and what of it where it has several wires. */
  readonly name: string;
  connect(connection: Connection): ConnectedClient;
  /** The class that it throws for each failure, or the name of one that it does not export, and the status in it. */
  readonly exceptions: Readonly<Record<'wrongKey' | 'unknownModel' | 'limited', readonly [ExceptionClass | string, number]>>;
  /** Whether it repeats by itself, and whether after as long as it is told; a client without retries is named with the reason. */
  readonly repeats: 'when told' | 'at its own time' | { readonly never: string };
}

export const WEATHER_PARAMETERS = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } as const;

export const cityOf = (argumentsJson: string): string => (JSON.parse(argumentsJson) as { city: string }).city;

/** A call as a stream has told it so far. */
export interface CallSoFar {
  id: string;
  name: string;
  argumentsJson: string;
}

/** Adds a piece of the call at `index`; whatever it leaves out was told before. */
export function addPiece(
  calls: CallSoFar[],
  index: number,
  piece: { id?: string | undefined; name?: string | undefined; argumentsJson?: string | undefined },
): void {
  const known = (calls[index] ??= { id: '', name: '', argumentsJson: '' });
  known.id ||= piece.id ?? '';
  known.name ||= piece.name ?? '';
  known.argumentsJson += piece.argumentsJson ?? '';
}
