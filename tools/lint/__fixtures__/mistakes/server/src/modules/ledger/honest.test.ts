import { createServer } from 'node:http';

export const used = [createServer, Date.now(), process.env['HOME'], fetch];
