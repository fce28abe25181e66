/**
 * The part of node-llama-cpp 3.22 that we use. The package is an optional component outside our dependencies,
 * so its types cannot be imported.
 */

export interface EngineModule {
  getLlama(options: {
    readonly gpu: false;
    readonly build: 'never';
    readonly skipDownload: true;
    readonly progressLogs: false;
    readonly logLevel: 'error';
    readonly maxThreads: number;
    readonly ramPadding: number;
  }): Promise<EngineRuntime>;
}

export interface EngineRuntime {
  loadModel(options: { readonly modelPath: string; readonly gpuLayers: 0; readonly ignoreMemorySafetyChecks: true }): Promise<EngineModel>;
}

export interface EngineModel {
  /** With `specialTokens` false, marks such as `<|im_end|>` in the text are read as plain characters. */
  tokenize(text: string, specialTokens: boolean): number[];
  detokenize(tokens: readonly number[], specialTokens: boolean): string;
  createContext(options: {
    readonly contextSize: number;
    readonly sequences: 1;
    readonly threads: number;
    readonly batchSize: number;
  }): Promise<EngineContext>;
}

export interface EngineContext {
  getSequence(): EngineSequence;
}

export interface EngineSequence {
  clearHistory(): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: readonly number[]): Promise<void>;
  /** Ends by itself when the model closes its turn. */
  evaluate(
    tokens: readonly number[],
    options: {
      readonly temperature: number;
      readonly topP: number;
      readonly topK: number;
      readonly minP: number;
      readonly seed: number;
    },
  ): AsyncGenerator<number, void, void>;
}
