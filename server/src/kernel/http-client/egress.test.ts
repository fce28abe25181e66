import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { getRequest, httpFailureOf, openHttpClient } from '../../../../test/testkit/http-client.ts';
import { listen, serveHttp } from '../../../../test/testkit/loopback.ts';
import { parseOutboundTarget } from './egress.policy.ts';
import { HttpClientError, isPublicAddress, type EgressRules, type OutboundRequest, type ResolvedAddress } from './index.ts';

const get = (url: string, egress: 'public' | 'operator' = 'public'): OutboundRequest => getRequest(url, { egress });

const createClient = (egress: Partial<EgressRules>): ReturnType<typeof openHttpClient> => openHttpClient({ egress });

const answers = (...addresses: string[]): readonly ResolvedAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('egress policy', () => {
  it.each([
    ['0.0.0.0', 'this host'],
    ['0.1.2.3', 'this network'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.100.100.200', 'metadata, Alibaba'],
    ['100.127.255.255', 'carrier-grade NAT'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', 'host agent, Azure'],
    ['169.254.0.1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'metadata, ECS'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.192', 'metadata, Oracle'],
    ['192.0.2.1', 'documentation'],
    ['192.88.99.1', '6to4 relay'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'benchmarking'],
    ['198.19.255.255', 'benchmarking'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.7', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'compatible IPv4'],
    ['::ffff:127.0.0.1', 'mapped IPv4'],
    ['::ffff:10.0.0.1', 'mapped IPv4'],
    ['::ffff:8.8.8.8', 'mapped IPv4, even a public one'],
    ['::ffff:0:127.0.0.1', 'translated IPv4'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['64:ff9b::8.8.8.8', 'NAT64, even a public one'],
    ['64:ff9b:1::1', 'NAT64, local'],
    ['100::1', 'discard'],
    ['2001::1', 'Teredo'],
    ['2001:2::1', 'benchmarking'],
    ['2001:10::1', 'ORCHID'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::1', '6to4'],
    ['2002:808:808::1', '6to4, even a public one'],
    ['3fff::1', 'documentation'],
    ['5f00::1', 'segment routing'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', 'metadata, EC2'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with zone'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['2606:4700::1%1', 'a zone'],
    ['localhost', 'a name'],
    ['127.1', 'short form'],
    ['0x7f.1', 'hexadecimal form'],
    ['', 'nothing'],
  ])('refuses %s: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    ['1.1.1.1'],
    ['8.8.8.8'],
    ['9.255.255.255'],
    ['11.0.0.0'],
    ['100.63.255.255'],
    ['100.128.0.0'],
    ['126.255.255.255'],
    ['128.0.0.1'],
    ['169.253.255.255'],
    ['172.15.255.255'],
    ['172.32.0.0'],
    ['192.0.1.1'],
    ['192.167.255.255'],
    ['192.169.0.0'],
    ['198.17.255.255'],
    ['198.20.0.0'],
    ['223.255.255.255'],
    ['2001:4860:4860::8888'],
    ['2606:4700:4700::1111'],
    ['2a00:1450:4001::1'],
  ])('lets %s pass (control)', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['http://2130706433/', 'decimal'],
    ['http://0177.0.0.1/', 'octal'],
    ['http://0x7f000001/', 'hexadecimal'],
    ['http://0x08.8.8.8/', 'hexadecimal of a public address'],
    ['http://134744072/', 'decimal of a public address'],
    ['http://8.8.2056/', 'short form of a public address'],
    ['http://8.8.8.8./', 'trailing dot'],
    ['http://８.8.8.8/', 'full-width digits'],
    ['http://%38.8.8.8/', 'percent-encoded digits'],
    ['http:\\\\134744072\\', 'backslashes'],
    ['  http://134744072/', 'leading blanks'],
    ['http:134744072/', 'no slashes'],
    ['http://127.0.0.1/', 'loopback'],
    ['http://127.0.0.1:8080/x', 'loopback with a port'],
    ['http://[::1]/', 'IPv6 loopback'],
    ['http://[::ffff:127.0.0.1]/', 'mapped loopback'],
    ['http://[::ffff:7f00:1]:80/', 'mapped loopback'],
    ['http://user@8.8.8.8/', 'a user'],
    ['http://:@8.8.8.8/', 'an empty user'],
    ['http://8.8.8.8@127.0.0.1/', 'a user that looks like a host'],
    ['file:///etc/passwd', 'a file'],
    ['ftp://8.8.8.8/', 'FTP'],
    ['gopher://8.8.8.8/', 'gopher'],
    ['data:text/plain,x', 'data'],
  ])('refuses the URL %s: %s', (url) => {
    expect(() => parseOutboundTarget(url, 'public', isPublicAddress)).toThrow(expect.objectContaining({ kind: 'egress-refused' }));
  });

  it.each([
    ['https://8.8.8.8/v1?a=b#c', 'https://8.8.8.8', '/v1?a=b'],
    ['https://[2606:4700:4700::1111]:8443', 'https://[2606:4700:4700::1111]:8443', '/'],
    ['HTTPS://API.Example.com:443/v1', 'https://api.example.com', '/v1'],
    ['https://api.example.com/a@b', 'https://api.example.com', '/a@b'],
  ])('lets %s pass (control)', (url, origin, path) => {
    expect(parseOutboundTarget(url, 'public', isPublicAddress)).toEqual({ origin, path });
  });

  it('says that a text is no URL without repeating it', () => {
    const parse = (): unknown => parseOutboundTarget('not a url with sk-secret', 'operator', isPublicAddress);
    expect(parse).toThrow(expect.objectContaining({ kind: 'protocol', message: expect.not.stringContaining('sk-secret') }));
  });

  it('refuses user data and other schemes also where the operator wrote the URL', () => {
    for (const url of ['http://user:pass@127.0.0.1/', 'unix:/tmp/x'])
      expect(() => parseOutboundTarget(url, 'operator', isPublicAddress)).toThrow(expect.objectContaining({ kind: 'egress-refused' }));
    expect(parseOutboundTarget('http://127.0.0.1:1234/x', 'operator', isPublicAddress).origin).toBe('http://127.0.0.1:1234');
  });
});

describe('public calls', () => {
  it('refuse names that resolve to a private address, also among public ones, and connect to nothing', async () => {
    await using server = await serveHttp((_request, response) => response.end('internal'));
    for (const found of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], []]) {
      await using client = createClient({ resolve: () => Promise.resolve(answers(...found)) });
      const failure = await httpFailureOf(client.send(get(`http://rebind.example:${server.port}/`)));
      expect(failure).toMatchObject({ kind: 'egress-refused' });
      expect(client.stats()).toEqual([]);
    }
    expect(server.accepted).toBe(0);
    await using operator = createClient({});
    expect((await operator.send(get(server.url, 'operator'))).body.toString()).toBe('internal');
  });

  it('connect to exactly the address that was checked: a name that changes between two answers gains nothing', async () => {
    await using outside = await serveHttp((_request, response) => response.end('outside'));
    let asked = 0;
    // 127.0.0.1 plays the public internet, 127.0.0.2 the inside; the name turns to the inside from its second answer on.
    await using client = createClient({
      resolve: () => Promise.resolve(answers(asked++ === 0 ? '127.0.0.1' : '127.0.0.2')),
      isPublicAddress: (address) => address === '127.0.0.1',
    });
    const url = `http://rebind.example:${outside.port}/`;
    expect((await client.send(get(url))).body.toString()).toBe('outside');
    expect((await client.send(get(url))).body.toString()).toBe('outside');
    expect(asked).toBe(1);
    await outside[Symbol.asyncDispose]();
    while (client.stats().length > 0) await new Promise(setImmediate);
    expect(await httpFailureOf(client.send(get(url)))).toMatchObject({ kind: 'egress-refused' });
    expect(asked).toBe(2);
  });

  it('check the address of the open connection once more', async () => {
    let requests = 0;
    await using server = await serveHttp((_request, response) => {
      requests += 1;
      response.end();
    });
    let checks = 0;
    await using client = createClient({ resolve: () => Promise.resolve(answers('127.0.0.1')), isPublicAddress: () => ++checks === 1 });
    const failure = await httpFailureOf(client.send(get(`http://name.example:${server.port}/`)));
    expect(failure).toMatchObject({ kind: 'egress-refused' });
    await server.drained();
    expect([checks, requests]).toEqual([2, 0]);
  });

  it('do not share connections with operator calls to the same origin', async () => {
    await using server = await serveHttp((_request, response) => response.end('x'));
    await using client = createClient({});
    await client.send(get(server.url, 'operator'));
    expect(await httpFailureOf(client.send(get(server.url)))).toMatchObject({ kind: 'egress-refused', phase: null });
    expect(server.accepted).toBe(1);
  });

  it('ask for the name in TLS although the address is pinned', async () => {
    const names: string[] = [];
    const tls = createTlsServer({
      SNICallback: (name, answer) => {
        names.push(name);
        answer(new Error('seen enough'));
      },
    });
    tls.on('tlsClientError', () => undefined);
    await using server = await listen(tls, '127.0.0.1');
    await using client = createClient({ resolve: () => Promise.resolve(answers('127.0.0.1')), isPublicAddress: () => true });
    const failure = await httpFailureOf(client.send(get(`https://api.example:${server.port}/`)));
    expect(failure).toMatchObject({ kind: 'connect', phase: 'connect' });
    expect(names).toEqual(['api.example']);
  });

  it('report a resolver that fails', async () => {
    await using client = createClient({ resolve: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })) });
    const failure = await httpFailureOf(client.send(get('https://nowhere.example/')));
    expect(failure).toMatchObject({ kind: 'connect', message: 'cannot connect to https://nowhere.example (ENOTFOUND)' });
  });
});

/** A self-signed certificate for `api.example`, made for this run. */
function createCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=api.example', '-addext', 'subjectAltName=DNS:api.example'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('TLS', () => {
  it('is trusted by certificate and by name: an unknown issuer and another name get no request', async () => {
    const { key, cert } = createCertificate();
    const requests: string[] = [];
    const tls = createTlsServer({ key, cert }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        requests.push(data.toString().split('\r\n')[1] ?? '');
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      });
    });
    tls.on('tlsClientError', () => undefined);
    await using server = await listen(tls, '127.0.0.1');
    const rules = { resolve: () => Promise.resolve(answers('127.0.0.1')), isPublicAddress: () => true };
    const call = async (host: string): Promise<string> => {
      await using client = createClient(rules);
      return await client.send(get(`https://${host}:${server.port}/`)).then(
        ({ body }) => body.toString(),
        (error: unknown) => (error instanceof HttpClientError ? `${error.kind}: ${error.message}` : Promise.reject(error)),
      );
    };
    expect(await call('api.example')).toContain('(DEPTH_ZERO_SELF_SIGNED_CERT)');
    const usual = getCACertificates('default');
    try {
      setDefaultCACertificates([...usual, cert]);
      expect(await call('other.example')).toContain('(ERR_TLS_CERT_ALTNAME_INVALID)');
      expect(requests).toEqual([]);
      expect(await call('api.example')).toBe('ok');
    } finally {
      setDefaultCACertificates(usual);
    }
    expect(requests).toEqual([`host: api.example:${server.port}`]);
  });
});
