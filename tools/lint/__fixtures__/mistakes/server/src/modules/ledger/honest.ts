import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Pool } from 'pg';

export const hash = createHash;
export const at = (atMs: number): Date => new Date(atMs);
export type Known = [IncomingMessage, Pool];
