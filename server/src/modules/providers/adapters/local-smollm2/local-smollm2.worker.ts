/**
 * The process that runs the model, started by `local-smollm2.host.ts`. Native code lives here and nowhere else: when it crashes, or a long
 * evaluation keeps it busy, the server does not notice but for one failed answer.
 */
import { loadInference, PromptTooLongError, type Inference } from './local-smollm2.inference.ts';
import type { GenerationRequest, LoadOptions, WorkerCommand, WorkerEvent } from './local-smollm2.protocol.ts';

let inference: Inference | null = null;
let contextTokens = 0;
let active: { readonly generationId: number; isCancelled: boolean } | null = null;

function send(event: WorkerEvent): void {
  // A channel that closed means the server is gone, and the `disconnect` below ends this process.
  if (process.connected) process.send?.(event);
}

function toText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function load(options: LoadOptions): Promise<void> {
  try {
    inference = await loadInference(options);
    contextTokens = options.contextTokens;
    send({ kind: 'loaded' });
  } catch (error) {
    send({ kind: 'load-failed', message: toText(error) });
  }
}

async function generate(generationId: number, request: GenerationRequest): Promise<void> {
  const call = { generationId, isCancelled: false };
  active = call;
  try {
    if (inference === null) throw new Error('The model is not loaded.');
    const outcome = await inference.generate(
      request,
      (text) => send({ kind: 'text', generationId, text }),
      () => call.isCancelled,
    );
    send({ kind: 'finished', generationId, ...outcome });
  } catch (error) {
    if (error instanceof PromptTooLongError) send({ kind: 'too-long', generationId, inputTokens: error.inputTokens, contextTokens });
    else send({ kind: 'failed', generationId, message: toText(error) });
  } finally {
    if (active === call) active = null;
  }
}

process.on('message', (command: WorkerCommand) => {
  if (command.kind === 'load') void load(command.options);
  else if (command.kind === 'generate') void generate(command.generationId, command.request);
  else if (active?.generationId === command.generationId) active.isCancelled = true;
});
// Nothing here is worth saving, and a normal exit would wait for the evaluation that is running.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A terminal and a service manager signal the whole group; the server decides when this process ends, after its streams have drained.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
