import type { ProviderErrorClass } from '../../providers/index.ts';

/**
 * Whose fault a failure is. `deployment`: it counts against its health. `rate`: the credential is asked to slow down, nothing is broken.
 * `credential`: the key is refused or used up. `caller`: the provider works, and said no. `nobody`: it tells nothing.
 */
export type Blame = 'deployment' | 'rate' | 'credential' | 'caller' | 'nobody';

const BLAME: Readonly<Record<ProviderErrorClass, Blame>> = {
  auth: 'credential',
  quota: 'credential',
  'rate-limit': 'rate',
  overloaded: 'deployment',
  timeout: 'deployment',
  transport: 'deployment',
  malformed: 'deployment',
  'not-found': 'deployment',
  invalid: 'caller',
  'too-long': 'caller',
  blocked: 'caller',
  cancelled: 'nobody',
};

export function blameOf(errorClass: ProviderErrorClass): Blame {
  return BLAME[errorClass];
}
