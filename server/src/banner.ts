import type { BootstrapSecrets } from './modules/identity/index.ts';

export interface Addresses {
  readonly publicUrl: string;
  readonly opsUrl: string;
}

/** What `npm start -- --json` prints, as one JSON object on one line. Secrets are there on the first start only. */
export interface Banner {
  readonly graphqlUrl: string;
  readonly openaiBaseUrl: string;
  readonly opsUrl: string;
  readonly apiKey: string | null;
  readonly adminLoginUrl: string | null;
}

export function toBanner({ publicUrl, opsUrl }: Addresses, secrets: BootstrapSecrets | null): Banner {
  return {
    graphqlUrl: `${publicUrl}/graphql`,
    openaiBaseUrl: `${publicUrl}/v1`,
    opsUrl,
    apiKey: secrets?.apiKey.reveal() ?? null,
    adminLoginUrl: secrets === null ? null : `${publicUrl}/login?token=${secrets.loginToken.reveal()}`,
  };
}

/** The banner for people: what runs where, and on the first start a command to paste. */
export function renderBanner(banner: Banner, startedInMs: number): string {
  const lines = [
    '',
    `  Antiphon is ready (${(startedInMs / 1000).toFixed(1)} s)`,
    '',
    `  GraphQL        ${banner.graphqlUrl}`,
    `  OpenAI wire    ${banner.openaiBaseUrl}`,
    `  health, metrics ${banner.opsUrl}/readyz, /metrics`,
  ];
  if (banner.apiKey === null) {
    lines.push('', '  The API key was shown at the first start. Lost it? npm run key:create', '');
    return lines.join('\n');
  }
  lines.push(
    `  sign in        ${banner.adminLoginUrl}   (works once, for 30 minutes)`,
    `  API key        ${banner.apiKey}   (shown only now)`,
    '',
    '  Try it:',
    '',
    `curl -sS ${banner.openaiBaseUrl}/chat/completions -H "Authorization: Bearer ${banner.apiKey}" -H "Content-Type: application/json" -d '{"model":"local/echo","messages":[{"role":"user","content":"Hello, Antiphon"}]}'`,
    '',
  );
  return lines.join('\n');
}
