/** Run as `node check-engine.ts <engine url> <weights>`: exits 0 when engine and weights work together on this machine. */

interface Engine {
  getLlama(options: object): Promise<{ loadModel(options: object): Promise<{ tokenize(text: string): readonly number[] }> }>;
}

const [engineUrl = '', modelPath = ''] = process.argv.slice(2);

try {
  const engine: Engine = await import(engineUrl);
  const llama = await engine.getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    ramPadding: 0,
  });
  const model = await llama.loadModel({ modelPath, vocabOnly: true, gpuLayers: 0, ignoreMemorySafetyChecks: true });
  if (model.tokenize('Hello').length === 0) throw new Error('The vocabulary cannot be read.');
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
