import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

export const COMPONENT_NAME = 'smollm2';
export const INSTALL_COMMAND = `npm run component:install -- ${COMPONENT_NAME}`;

/** Where the parts of the installed component are. */
export interface InstalledComponent {
  readonly modelPath: string;
  /** SHA-256 of the weights as checked when they were installed, in hex. */
  readonly modelSha256: string;
  /** `file:` URL of the engine's entry module. */
  readonly engineUrl: string;
}

/** What the installer writes, as far as we use it. */
const componentFile = z.object({
  formatVersion: z.literal(1),
  platform: z.string(),
  model: z.object({ file: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  engine: z.object({ entry: z.string().min(1) }),
});

export type ComponentLookup =
  | { readonly installed: InstalledComponent }
  /** One sentence: why the model cannot be used, and the command that changes it. */
  | { readonly installed: null; readonly reason: string };

/** Looks for the component under `componentsDir` (`<data folder>/components`). Reads one small file; starts nothing. */
export function findComponent(componentsDir: string, platform = `${process.platform}-${process.arch}`): ComponentLookup {
  const folder = join(componentsDir, COMPONENT_NAME);
  const path = join(folder, 'component.json');
  if (!existsSync(path)) return missing('is not installed');
  const parsed = componentFile.safeParse(readJson(path));
  if (!parsed.success) return missing(`is installed, but ${path} cannot be read`);
  const { model, engine } = parsed.data;
  if (parsed.data.platform !== platform) return missing(`was installed for ${parsed.data.platform}, and this machine is ${platform}`);
  const modelPath = inside(folder, model.file);
  const enginePath = inside(folder, engine.entry);
  if (modelPath === null || enginePath === null) return missing('is installed, but files of it are missing');
  return { installed: { modelPath, modelSha256: model.sha256, engineUrl: pathToFileURL(enginePath).href } };
}

function missing(what: string): ComponentLookup {
  return { installed: null, reason: `The local model ${COMPONENT_NAME} ${what}. Run \`${INSTALL_COMMAND}\`.` };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The absolute path of an existing file below the folder; null for anything else. */
function inside(folder: string, file: string): string | null {
  const path = resolve(folder, file);
  return path.startsWith(resolve(folder) + sep) && existsSync(path) ? path : null;
}
