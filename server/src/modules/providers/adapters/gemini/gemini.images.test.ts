import { afterAll, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../../../../test/testkit/http-client.ts';
import { serveRecorded, type ReplayServer } from '../../../../../../test/testkit/replay-server.ts';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import type { ImageRequest, ImageResult, JsonObject } from '../../contract.ts';
import { apiKeyCredential, createGeminiProvider } from './index.ts';

const client = openHttpClient();
afterAll(() => client[Symbol.asyncDispose]());

const PICTURE = { inlineData: { mimeType: 'image/png', data: 'aW1hZ2U=' } };
const ASKED: ImageRequest = { mode: 'generate', prompt: 'A kitten', sources: [] };
const usageMetadata = { promptTokenCount: 16, candidatesTokenCount: 1307, totalTokenCount: 1323 };

function serve(parts: readonly JsonObject[], finishReason = 'STOP'): Promise<ReplayServer> {
  return serveRecorded({
    method: 'POST',
    path: '/models/gemini-made-image:generateContent',
    status: 200,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: Buffer.from(JSON.stringify({ candidates: [{ content: { parts }, finishReason }], usageMetadata, modelVersion: 'made' })),
  });
}

async function make(server: ReplayServer, request: ImageRequest): Promise<ImageResult | undefined> {
  const provider = createGeminiProvider({
    id: 'google-gemini',
    displayName: 'Google Gemini',
    flavour: 'gemini',
    baseUrl: server.url,
    credential: apiKeyCredential(new Secret('key-of-the-test')),
    httpClient: client,
    egress: 'operator',
    clock: systemClock,
  });
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 10_000, traceHeaders: {} };
  return await provider.makeImages?.('gemini-made-image', request, context);
}

describe('images of a Gemini model', () => {
  it('are asked for as pictures among the parts, and come by value', async () => {
    await using server = await serve([{ text: 'Here it is.' }, { ...PICTURE, thought: true }, PICTURE]);
    const result = await make(server, { ...ASKED, size: '1792x1024' });
    expect(server.mismatches).toEqual([]);
    expect(server.received).toEqual([
      {
        contents: [{ role: 'user', parts: [{ text: 'A kitten' }] }],
        generationConfig: { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { aspectRatio: '16:9' } },
      },
    ]);
    expect(result).toMatchObject({
      model: 'made',
      images: [{ url: null, base64: 'aW1hZ2U=', revisedPrompt: null }],
      usage: { inputTokens: 16, outputTokens: 1307, totalTokens: 1323 },
      extra: { text: 'Here it is.' },
      warnings: [],
    });
  });

  it('are made of other images, and of settings of this wire', async () => {
    await using server = await serve([PICTURE]);
    const sources = [{ name: 'a.png', mediaType: 'image/png', data: Buffer.from('source') }];
    const extra = { gemini: { generationConfig: { imageConfig: { imageSize: '2K' } } } };
    await make(server, { ...ASKED, mode: 'edit', sources, extra });
    expect(server.received).toEqual([
      {
        contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'c291cmNl' } }, { text: 'A kitten' }] }],
        generationConfig: { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { imageSize: '2K' } },
      },
    ]);
  });

  it('warn of what this wire cannot say', async () => {
    await using server = await serve([PICTURE]);
    const result = await make(server, { ...ASKED, count: 3, size: '7x7', quality: 'high', responseFormat: 'url', endUserId: 'u' });
    for (const word of ['one image a call', '7x7', 'by value', 'quality', 'end user'])
      expect(
        result?.warnings.filter((warning) => warning.includes(word)),
        word,
      ).toHaveLength(1);
  });

  it('are blocked when their content was, and malformed when there are none', async () => {
    await using blocked = await serve([], 'IMAGE_SAFETY');
    await expect(make(blocked, ASKED)).rejects.toMatchObject({
      errorClass: 'blocked',
      callerMessage: expect.stringContaining('IMAGE_SAFETY') as string,
    });
    await using spoken = await serve([{ text: 'I cannot draw.' }]);
    await expect(make(spoken, ASKED)).rejects.toMatchObject({ errorClass: 'malformed' });
  });

  it('are never varied without a prompt', async () => {
    await using server = await serve([PICTURE]);
    await expect(make(server, { ...ASKED, mode: 'variation', prompt: '' })).rejects.toMatchObject({
      errorClass: 'invalid',
      param: 'image',
    });
    expect(server.served).toBe(0);
  });
});
