import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** How far a version must rise for a change: breaking is major, dangerous or additive is minor. */
export type VersionLevel = 'none' | 'patch' | 'minor' | 'major';

export interface SchemaChange {
  readonly level: VersionLevel;
  readonly message: string;
  readonly path: string;
}

/** The SDL of the last release and the version it came with; `version` is null while nothing was released. */
export interface ReleasedSchema {
  readonly version: string | null;
  readonly sdlText: string;
}

const HEADER = /^# Released with version (\S+)\.$/m;
const LEVELS: readonly VersionLevel[] = ['none', 'patch', 'minor', 'major'];
const LEVEL_BY_CRITICALITY: Readonly<Record<CriticalityLevel, VersionLevel>> = {
  [CriticalityLevel.Breaking]: 'major',
  [CriticalityLevel.Dangerous]: 'minor',
  [CriticalityLevel.NonBreaking]: 'minor',
};
// Words for people and prices of operations are no part of what clients are built on.
const WITHOUT_EFFECT_ON_CLIENTS = /DESCRIPTION|DIRECTIVE_USAGE/;

/** Reads schema/released.graphql. */
export function parseReleased(text: string): ReleasedSchema {
  return { version: HEADER.exec(text)?.[1] ?? null, sdlText: text };
}

/** The text of schema/released.graphql for a release. */
export function printReleased(version: string, sdlText: string): string {
  return `# The contract as clients of the last release know it. Written by \`npm run schema:release\`, never by hand.\n# Released with version ${version}.\n${sdlText.replace(/^#.*\n/, '')}`;
}

/** What changed between two contracts, gravest first. */
export async function compareSchemas(before: string, after: string): Promise<SchemaChange[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .map((change) => ({
      level: WITHOUT_EFFECT_ON_CLIENTS.test(change.type) ? ('patch' as const) : LEVEL_BY_CRITICALITY[change.criticality.level],
      message: change.message,
      path: change.path ?? '',
    }))
    .toSorted((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level) || one.path.localeCompare(other.path));
}

/** The gravest level of some changes. */
export function levelOf(changes: readonly SchemaChange[]): VersionLevel {
  return changes[0]?.level ?? 'none';
}

/** Whether a version has risen enough over the released one. Before 1.0.0 a breaking change needs a new minor, as semver has it. */
export function hasRisenEnough(released: string, current: string, level: VersionLevel): boolean {
  const [before, after] = [partsOf(released), partsOf(current)];
  const needed = before[0] === 0 && level === 'major' ? 'minor' : before[0] === 0 && level === 'minor' ? 'patch' : level;
  if (needed === 'none') return compareParts(after, before) >= 0;
  const width = { major: 1, minor: 2, patch: 3 }[needed];
  return compareParts(after.slice(0, width), before.slice(0, width)) > 0;
}

function partsOf(version: string): number[] {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (match === null) throw new Error(`${version} is not a version such as 1.2.3.`);
  return match.slice(1).map(Number);
}

function compareParts(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((part, position) => part !== other[position]);
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
