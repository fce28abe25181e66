import { fromOllamaEmbedBody, toOllamaEmbedResponse, type EmbeddingsResult } from '../../modules/providers/index.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { answerEmbeddings } from '../wire/embeddings.handler.ts';

/** `POST /api/embed`. */
export async function handleEmbed(call: DoorCall): Promise<void> {
  const { deps, exchange, body } = call;
  const options = { model: String(body.json['model']), nowMs: () => deps.clock.nowMs(), startedAtMs: exchange.receivedAtMs };
  await embed(call, (result) => toOllamaEmbedResponse(result, options));
}

/** `POST /api/embeddings`, the older form: one prompt, one vector. */
export async function handleEmbeddings(call: DoorCall): Promise<void> {
  await embed(call, (result) => ({ embedding: result.vectors[0] ?? [] }));
}

async function embed(call: DoorCall, toBody: (result: EmbeddingsResult) => unknown): Promise<void> {
  const { json } = call.body;
  await answerEmbeddings(call, { model: json['model'], format: 'ollama-embeddings', request: fromOllamaEmbedBody(json), toBody });
}
