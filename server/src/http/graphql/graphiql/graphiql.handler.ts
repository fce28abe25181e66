import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PrincipalReader } from '../../principal.ts';
import type { Handler } from '../../route.ts';

const compress = promisify(gzip);

const DEFAULT_QUERY = `# Press Ctrl+Enter to run it. Without a signed-in session, put your key into the headers below:
# { "Authorization": "Bearer antp_live_…" }
query Models {
  models(first: 5, filter: { isAvailable: true }) {
    nodes { name displayName }
  }
}
`;

interface Page {
  readonly html: Buffer;
  readonly zipped: Buffer;
  readonly policy: string;
}

/**
 * `/graphiql`: a console to try the graph in, whole in one page. It is there in development, and otherwise for whoever is signed in.
 * It works with the session's cookie or a key that is pasted into it.
 */
export function createGraphiqlHandler(deps: { isOpen: boolean; principals: PrincipalReader }): Handler {
  let page: Promise<Page> | null = null;
  return async ({ request, response }) => {
    if (!deps.isOpen && !(await isSignedIn(deps.principals, request.headers))) {
      response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
      response.end('Sign in first: open a login link, which the server shows at its first start.\n');
      return;
    }
    // The page is large and most servers are never asked for it.
    const { html, zipped, policy } = await (page ??= renderPage());
    const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': (isZipped ? zipped : html).length,
      ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    response.end(isZipped ? zipped : html);
  };
}

async function isSignedIn(principals: PrincipalReader, headers: Parameters<PrincipalReader['read']>[0]): Promise<boolean> {
  try {
    await principals.read(headers);
    return true;
  } catch {
    return false;
  }
}

async function renderPage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const text = renderGraphiQL({
    title: 'Antiphon',
    endpoint: '/graphql',
    method: 'POST',
    subscriptionsProtocol: 'SSE',
    credentials: 'same-origin',
    shouldPersistHeaders: false,
    defaultQuery: DEFAULT_QUERY,
  });
  const html = Buffer.from(text, 'utf8');
  return { html, zipped: await compress(html), policy: policyFor(text) };
}

/** The page's own script and nothing else; it may speak to us only. Its editor makes workers and styles as it runs. */
function policyFor(html: string): string {
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${hash('sha256', script ?? '', 'base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
