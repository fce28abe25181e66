import type { Exchange, Handler } from './route.ts';

const TEXT = 'Antiphon is running. GET /openapi.json lists its REST paths; GraphQL is at /graphql.\n';

/** `GET /` and `HEAD /`, without a key: how several clients find out whether somebody is there. */
export const handleRoot: Handler = Object.assign(
  ({ request, response }: Exchange): void => {
    const isAsked = request.method === 'GET' || request.method === 'HEAD';
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(TEXT) };
    response.writeHead(isAsked ? 200 : 405, isAsked ? headers : { ...headers, allow: 'GET, HEAD' });
    response.end(request.method === 'HEAD' ? undefined : TEXT);
  },
  { methods: ['GET', 'HEAD'] },
);
