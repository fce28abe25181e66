/**
 * Which module may import which, and why: the whole list. The boundary rules are made from it and so is the picture in
 * docs/architecture.md. A new edge is a line here, an ADR and a review.
 */
export const moduleEdges = {
  completions: {
    identity: 'admission: limits are taken and given back',
    ledger: 'requests, attempts, settlements and idempotency keys are written',
    routing: 'candidates in order',
    providers: 'the call itself, prices and recorded output',
  },
  routing: { providers: 'which models exist and what they can do' },
  ledger: {},
  providers: {},
  identity: {},
  responses: {},
} as const satisfies Record<string, Record<string, string>>;

export type ModuleName = keyof typeof moduleEdges;

export const moduleNames = Object.keys(moduleEdges) as ModuleName[];

/** The modules that `name` may import. */
export function targetsOf(name: ModuleName): string[] {
  return Object.keys(moduleEdges[name]);
}

/** The edges as a Mermaid flow chart, for people. */
export function toMermaid(): string {
  const lines = moduleNames.flatMap((from) => {
    const targets = targetsOf(from);
    return targets.length === 0 ? [`  ${from}`] : targets.map((to) => `  ${from} --> ${to}`);
  });
  return ['flowchart LR', ...lines].join('\n');
}
