import type {
  Embedding,
  GeneratedImage,
  ModerationVerdict as ModerationVerdictType,
  RankedDocument,
  Speech,
  Transcription,
} from '../../../generated/schema.ts';
import type {
  EmbeddingsResult,
  ImageResult,
  ModerationResult,
  ModerationVerdict,
  RerankResult,
  SpeechResult,
  TranscriptionResult,
} from '../../../modules/providers/index.ts';

export function toEmbeddings({ vectors }: EmbeddingsResult): Embedding[] {
  return vectors.map((vector, index) => ({ index, vector: [...vector] }));
}

export function toRankedDocuments({ results }: RerankResult): RankedDocument[] {
  return results.map(({ index, score }) => ({ index, score }));
}

export function toVerdicts({ verdicts }: ModerationResult): ModerationVerdictType[] {
  return verdicts.map((verdict) => ({ isFlagged: verdict.isFlagged, categories: toCategories(verdict) }));
}

function toCategories({ categories, scores }: ModerationVerdict): ModerationVerdictType['categories'] {
  const names = [...new Set([...Object.keys(categories), ...Object.keys(scores)])].sort();
  return names.map((name) => ({ name, isFlagged: categories[name] ?? null, score: scores[name] ?? null }));
}

export function toImages({ images }: ImageResult): GeneratedImage[] {
  return images.map(({ url, base64, revisedPrompt }) => ({ url, base64, revisedPrompt }));
}

export function toSpeech({ mediaType, audio }: SpeechResult): Speech {
  return { mediaType, base64: audio.toString('base64') };
}

export function toTranscription({ text, language, durationSeconds }: TranscriptionResult): Transcription {
  return { text, language, durationSeconds };
}
