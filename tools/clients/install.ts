/** `npm run clients:install`: installs the programs of others that the client tests need; exits 1 when one set cannot be. */
import { installClients } from './install-clients.ts';

if (installClients().length > 0) process.exitCode = 1;
