import type { Deployment, Resolution } from '../providers.ts';

/** Deployments of each target that come before any of the next: enough to change the credential once. */
const FIRST_OF_EACH = 2;

/**
 * What an alias means: its targets in order. Of each the first deployments, then what is left of all, so that an account with many
 * credentials does not keep the others from being tried. Targets are models and never aliases.
 */
export function resolveTargets(targets: readonly string[], resolve: (model: string) => Resolution): Resolution {
  const first: Deployment[] = [];
  const rest: Deployment[] = [];
  const reasons: string[] = [];
  for (const target of targets) {
    const resolution = resolve(target);
    if (resolution.kind === 'found') {
      first.push(...resolution.deployments.slice(0, FIRST_OF_EACH));
      rest.push(...resolution.deployments.slice(FIRST_OF_EACH));
    } else if (resolution.kind === 'unavailable') reasons.push(...resolution.reasons);
    else reasons.push(`The alias names ${target}, which nobody serves.`);
  }
  return first.length > 0 ? { kind: 'found', deployments: [...first, ...rest] } : { kind: 'unavailable', reasons };
}
