/** A deliberate mistake, loaded before a server by a test: every request's key and first piece of body are logged. */
import { Server } from 'node:http';

const emit = Server.prototype.emit;
Server.prototype.emit = function leak(name, ...rest) {
  if (name === 'request') {
    const [request] = rest;
    request.once('readable', () => process.stderr.write(`${JSON.stringify({ level: 'debug', msg: 'leak', headers: request.headers })}\n`));
  }
  return emit.call(this, name, ...rest);
};
