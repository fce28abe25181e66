import { createHash } from 'node:crypto';
import type { Exchange, Handler } from '../route.ts';
import { createOpenApiDocument, type DocumentOptions } from './document.ts';

/** `GET /openapi.json`, without a key: it says nothing that is not in every copy of this server. */
export function createOpenApiHandler(options: DocumentOptions): Handler {
  const text = JSON.stringify(createOpenApiDocument(options));
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const handler = ({ request, response }: Exchange): void => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
      return;
    }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), etag });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
  return Object.assign(handler, { methods: ['GET', 'HEAD'] });
}
