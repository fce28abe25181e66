/** What a model is for. */
export const MODEL_KINDS = ['CHAT', 'EMBEDDING', 'IMAGE', 'MODERATION', 'RERANK', 'SPEECH', 'TRANSCRIPTION'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** What a model reads or writes. */
export const MODALITIES = ['text', 'image', 'audio', 'video', 'pdf'] as const;
export type Modality = (typeof MODALITIES)[number];

export interface ModelCapabilities {
  readonly vision: boolean;
  readonly documents: boolean;
  readonly audio: boolean;
  readonly tools: boolean;
  readonly structuredOutput: boolean;
  readonly reasoning: boolean;
}
