/** The installation cannot go on; the message says why and what to do. Nothing was changed. */
export class InstallError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'InstallError';
  }
}
