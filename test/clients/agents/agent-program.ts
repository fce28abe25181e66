import type { Dialect } from '../../../server/src/modules/providers/index.ts';

/** Where an agent finds the server, and what it works on. */
export interface Assignment {
  /** With `/v1` at its end. */
  readonly openAiUrl: string;
  /** Without a path. */
  readonly rootUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** An empty folder that is its home; its settings go here. */
  readonly home: string;
  /** The folder that it works in. */
  readonly folder: string;
  readonly prompt: string;
}

export interface Run {
  /** Name of the program, as its package installs it. */
  readonly command: string;
  readonly parameters: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Its settings, by path below its home. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A program that works with tools by itself, as its users start it without a terminal, with all that phones home turned off. */
export interface AgentProgram {
  readonly name: string;
  /** The wire on which it asks. */
  readonly wire: Dialect;
  run(assignment: Assignment): Run;
}
