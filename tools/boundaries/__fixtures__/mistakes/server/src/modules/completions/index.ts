import { ledger } from '../ledger/index.ts';
import { providers } from '../providers/index.ts';
import { route } from '../routing/index.ts';
import { identity } from '../identity/index.ts';
import { clock } from '../../kernel/clock/index.ts';
export const completions = [ledger, providers, route, identity, clock];
