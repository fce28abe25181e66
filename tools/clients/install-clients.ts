import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf, INSTALLATIONS, isCurrent, type Installation } from './installations.ts';

/** Installs what is missing or out of date, and gives back the names of what could not be installed; the reason is printed. */
export function installClients(): string[] {
  return INSTALLATIONS.filter((installation) => !isCurrent(installation) && !install(installation)).map(({ name }) => name);
}

function install(installation: Installation): boolean {
  const { name, folder, stamp, commands } = installation;
  process.stdout.write(`installing the ${name} …\n`);
  rmSync(join(folder, stamp), { force: true });
  for (const [program, ...parameters] of commands) {
    const { status, error } = spawnSync(program, parameters, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    if (status === 0) continue;
    process.stdout.write(
      `the ${name} could not be installed: ${[program, ...parameters].join(' ')} ${error?.message ?? `exited with ${status}`}\n`,
    );
    return false;
  }
  writeFileSync(join(folder, stamp), fingerprintOf(installation));
  return true;
}
