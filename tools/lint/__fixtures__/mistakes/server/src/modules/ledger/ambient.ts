import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { Pool } from 'undici';
import pg from 'pg';
import { Redis } from 'ioredis';

export const now = Date.now();
export const later = Date.now;
export const started = new Date();
export const known = new Date(0);
export const measured = performance.now();
export const chance = Math.random();
export const id = globalThis.crypto.randomUUID();
export const home = process.env['HOME'];
export const answer = fetch('http://127.0.0.1/');
export const used = [randomUUID, request, Pool, pg, Redis];
console.log(used);
export default used;
