import type { Logger } from '../telemetry/index.ts';

/** Runs a listener; one that throws does not keep the others from their messages. */
export function deliver(call: () => void, log: Pick<Logger, 'warn'> | null): void {
  try {
    call();
  } catch (error) {
    log?.warn({ error }, 'a listener of coordination messages failed; the message is lost for it');
  }
}
