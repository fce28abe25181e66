import { fromOpenAiEmbeddingsBody, toOpenAiEmbeddingsResponse } from '../../modules/providers/index.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { answerEmbeddings } from '../wire/embeddings.handler.ts';

/** `POST /v1/embeddings`; vectors as numbers or, as the official clients ask for, in base64. */
export async function handleEmbeddings(call: DoorCall): Promise<void> {
  const { json } = call.body;
  const encodingFormat = json['encoding_format'] === 'base64' ? 'base64' : 'float';
  await answerEmbeddings(call, {
    model: json['model'],
    format: 'openai-embeddings',
    request: fromOpenAiEmbeddingsBody(json),
    toBody: (result, served) => toOpenAiEmbeddingsResponse(result, { model: served, encodingFormat }),
  });
}
