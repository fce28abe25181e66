import { SESSION_TTL_MS, type Identity } from '../../modules/identity/index.ts';
import { SESSION_COOKIE } from '../principal.ts';
import type { Handler } from '../route.ts';

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
};

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width">` +
  `<style>body{font:16px/1.5 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style></head>` +
  `<body><main><h1>${title}</h1>${body}</main></body></html>`;

const USED_UP = page('This link no longer works', '<p>A login link works once, for 30 minutes. API keys go on working.</p>');
/** Signing in takes a click: programs that fetch links to preview them must not use the link up. */
const CONFIRM = page('Sign in to Antiphon', '<form method="post"><button type="submit">Sign in</button></form>');

/** The one-time login link: a page with a button, which opens a session and leads on to `signedInPath`. */
export function createLoginHandler(identity: Identity, signedInPath: string): Handler {
  return async ({ request, response, query }) => {
    const token = new URLSearchParams(query).get('token') ?? '';
    if (request.method === 'GET') {
      response.writeHead(200, PAGE_HEADERS).end(CONFIRM);
      return;
    }
    const session = request.method === 'POST' ? await identity.sessions.redeemLoginLink(token) : null;
    if (session === null) {
      response.writeHead(410, PAGE_HEADERS).end(USED_UP);
      return;
    }
    const cookie = `${SESSION_COOKIE}=${session.reveal()}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_TTL_MS / 1000}`;
    response.writeHead(303, { location: signedInPath, 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
  };
}
