/** Run as `node check-engine.ts <engine url> <weights>`: exits 0 when engine and weights work together on this machine. */

interface Engine {
  getLlama(options: object): Promise<{ loadModel(options: object): Promise<{ tokenize(text: string): readonly number[] }> }>;
}

const [engineUrl = '', modelPath = ''] = process.argv.slice(2);
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
const { length } = model.tokenize('Hello');
process.exit(length > 0 ? 0 : 1);
