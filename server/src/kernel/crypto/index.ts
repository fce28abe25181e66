export { Confidential, Secret } from './secret.ts';
