import { describe, expect, it } from 'vitest';
import { Secret } from '../crypto/index.ts';
import { describeTarget, toClientConfig, toDatabaseUrl, withDatabase } from './connection.ts';

const SOCKET = { host: '/data/a b,c/%41', user: 'postgres', database: 'antiphon' };

describe('a database target', () => {
  it('turns a unix socket into a URL that names the same folder', () => {
    const url = toDatabaseUrl(SOCKET);
    expect(url.reveal()).toBe('postgresql://postgres@%2Fdata%2Fa%20b%2Cc%2F%2541:5432/antiphon');
    expect(describeTarget(url)).toEqual({ host: '/data/a b,c/%41', port: 5432, database: 'antiphon' });
  });

  it('leaves no gap that the environment could fill', () => {
    expect(toClientConfig(SOCKET)).toEqual({ ...SOCKET, port: 5432, ssl: false });
  });

  it('changes only the database', () => {
    const url = new Secret('postgresql://me:p%40ss@db.example:6000/one?sslmode=require');
    const other = withDatabase(url, 'two/three');
    expect(other).toBeInstanceOf(Secret);
    expect((other as Secret).reveal()).toBe('postgresql://me:p%40ss@db.example:6000/two%2Fthree?sslmode=require');
    expect(withDatabase(SOCKET, 'two')).toEqual({ ...SOCKET, database: 'two' });
  });

  it('describes itself without its password', () => {
    const description = describeTarget(new Secret('postgresql://me:hunter2@db.example/one'));
    expect(description).toEqual({ host: 'db.example', port: 5432, database: 'one' });
  });

  it('does not quote a broken URL', () => {
    expect(() => describeTarget(new Secret('hunter2 is not a URL'))).toThrow(/^DATABASE_URL is not a URL\. Expected [^ ]+\.$/);
  });
});
