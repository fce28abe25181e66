import { connect } from 'node:tls';
import { Client } from 'undici';

export const used = [connect, Client];
