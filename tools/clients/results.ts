import { SCENARIOS, type Scenario } from '../../test/clients/scenarios.ts';

export type Kind = 'JavaScript' | 'Python' | 'agent';

/** A test of a client, as the runner names and ends it. */
export interface RanTest {
  /** Names of the suites around it, outermost first, then its own. */
  readonly names: readonly string[];
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
}

/** How one client did; null: the scenario is not for it. */
export interface ClientResult {
  readonly kind: Kind;
  readonly name: string;
  readonly isInstalled: boolean;
  readonly scenarios: ReadonlyMap<string, readonly RanTest['state'][]>;
}

const SUITE = /^(?:(JavaScript|Python) client|(agent) program) (.+)$/;

/** By client, in the order in which they were asked. An agent's scenarios are its upstreams. */
export function toClientResults(tests: readonly RanTest[]): ClientResult[] {
  const results = new Map<string, { kind: Kind; name: string; isInstalled: boolean; scenarios: Map<string, RanTest['state'][]> }>();
  for (const { names, state } of tests) {
    const [suite, kind, agent, name = ''] = names.map((one) => SUITE.exec(one)).find((found) => found !== null) ?? [];
    if (suite === undefined) continue;
    const result = results.get(suite) ?? { kind: (kind ?? agent) as Kind, name, isInstalled: true, scenarios: new Map() };
    results.set(suite, result);
    const own = names.at(-1) ?? '';
    if (own === 'is not installed' || (kind === 'Python' && state === 'skipped')) result.isInstalled = false;
    const scenario = scenarioOf(own);
    if (scenario !== null) result.scenarios.set(scenario, [...(result.scenarios.get(scenario) ?? []), state]);
  }
  return [...results.values()];
}

function scenarioOf(own: string): string | null {
  const wire = /over an upstream of the (\w+) wire$/.exec(own)?.[1];
  if (wire !== undefined) return wire;
  const known = (Object.keys(SCENARIOS) as Scenario[]).find((scenario) => SCENARIOS[scenario] === own);
  return known ?? null;
}

/** Whether every client is installed and did everything it was asked. */
export function isWhole(results: readonly ClientResult[]): boolean {
  return (
    results.length > 0 &&
    results.every(({ isInstalled, scenarios }) => isInstalled && [...scenarios.values()].flat().every((state) => state === 'passed'))
  );
}
