import { SNAPSHOT_FORMAT_VERSION, type DeploymentState, type RoutingSnapshot } from '../routing.types.ts';

/** The text that a snapshot is stored as. */
export function serialiseSnapshot(snapshot: RoutingSnapshot): string {
  return JSON.stringify(snapshot);
}

/** Reads a stored snapshot of any format version up to this one's. Throws a TypeError that says what is wrong. */
export function parseSnapshot(text: string): RoutingSnapshot {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new TypeError('A routing snapshot is a JSON object.');
  const { formatVersion, id, takenAtMs, deployments } = value;
  if (formatVersion !== SNAPSHOT_FORMAT_VERSION)
    throw new TypeError(
      `This is a routing snapshot of format ${String(formatVersion)}; this version reads format ${SNAPSHOT_FORMAT_VERSION}. Use a newer version.`,
    );
  if (typeof id !== 'string' || typeof takenAtMs !== 'number' || !Array.isArray(deployments))
    throw new TypeError('A routing snapshot has id, takenAtMs and deployments.');
  return { formatVersion, id, takenAtMs, deployments: deployments.map(parseState) };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function parseState(value: unknown, position: number): DeploymentState {
  const where = `deployments[${position}]`;
  if (!isRecord(value)) throw new TypeError(`${where} is no object.`);
  const number = (name: keyof DeploymentState): number => {
    const found = value[name];
    if (typeof found !== 'number') throw new TypeError(`${where}.${name} is no number.`);
    return found;
  };
  const optional = (name: keyof DeploymentState): number | null => (value[name] === null ? null : number(name));
  const { deployment, breaker, isCredentialRefused } = value;
  if (typeof deployment !== 'string') throw new TypeError(`${where}.deployment is no text.`);
  if (breaker !== 'closed' && breaker !== 'open' && breaker !== 'half-open') throw new TypeError(`${where}.breaker is none we know.`);
  return {
    deployment,
    firstTokenMs: number('firstTokenMs'),
    msPerOutputToken: number('msPerOutputToken'),
    successShare: number('successShare'),
    inFlight: number('inFlight'),
    concurrencyLimit: optional('concurrencyLimit'),
    breaker,
    isCredentialRefused: isCredentialRefused === true,
    coolingForMs: number('coolingForMs'),
    headroom: optional('headroom'),
    inputNanoUsdPerToken: optional('inputNanoUsdPerToken'),
    outputNanoUsdPerToken: optional('outputNanoUsdPerToken'),
    quality: optional('quality'),
  };
}
