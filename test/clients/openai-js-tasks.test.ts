import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntiphonClient } from '../../sdk-js/src/index.ts';
import { sendJson, type UpstreamRequest } from '../testkit/upstream.ts';
import { startClientServer, VECTORS, type ClientServer } from './client-server.ts';

type Response = Parameters<typeof sendJson>[0];

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const SOUND = Buffer.from([0xff, 0xfb, 0x90, 0x00, 0x13, 0x0d, 0x0a, 0x2d, 0x2d]);
const VERDICT = {
  flagged: true,
  categories: { violence: true, hate: false },
  category_scores: { violence: 0.91, hate: 0.01 },
  category_applied_input_types: { violence: ['text'], hate: [] },
};
const IMAGE_USAGE = { input_tokens: 20, output_tokens: 100, total_tokens: 120, input_tokens_details: { text_tokens: 8, image_tokens: 12 } };

/** OpenAI's paths beside chat, as its reference describes their answers. */
function answerTask(request: UpstreamRequest, response: Response): boolean {
  const { path, form } = request;
  if (path.endsWith('/moderations')) sendJson(response, 200, { id: 'modr-made', model: 'omni-moderation-2024-09-26', results: [VERDICT] });
  else if (path.endsWith('/images/generations'))
    sendJson(response, 200, { created: 1_795_000_000, data: [{ url: 'https://images.example/1.png', revised_prompt: 'A red bicycle.' }] });
  else if (path.endsWith('/images/edits') || path.endsWith('/images/variations'))
    sendJson(response, 200, {
      created: 1_795_000_001,
      background: 'opaque',
      data: [{ b64_json: PNG.toString('base64') }],
      usage: IMAGE_USAGE,
    });
  else if (path.endsWith('/audio/speech')) response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(SOUND);
  else if (path.endsWith('/audio/transcriptions') && form?.get('response_format') === 'srt')
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('1\n00:00:00,000 --> 00:00:01,000\nGood morning.\n');
  else if (path.endsWith('/audio/transcriptions'))
    sendJson(response, 200, {
      text: 'Good morning.',
      usage: {
        type: 'tokens',
        input_tokens: 14,
        output_tokens: 3,
        total_tokens: 17,
        input_token_details: { text_tokens: 4, audio_tokens: 10 },
      },
    });
  else if (path.endsWith('/audio/translations'))
    sendJson(response, 200, { text: 'Good morning.', language: 'german', duration: 2.4, segments: [] });
  else return false;
  return true;
}

let stand: ClientServer;
let client: OpenAI;
beforeAll(async () => {
  stand = await startClientServer(answerTask);
  const { openaiBaseUrl: baseURL, apiKey } = stand.server.banner;
  client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const lastAt = (path: string): UpstreamRequest =>
  stand.upstreams.openai.requests.findLast((request) => request.path.endsWith(path)) as UpstreamRequest;

/** A file of the form that came last at `path`, its bytes. */
async function fileAt(path: string, field: string): Promise<Buffer> {
  const file = lastAt(path).form?.get(field);
  if (!(file instanceof File)) throw new Error(`there is no file ${field}`);
  return Buffer.from(await file.arrayBuffer());
}

/** The ledger's row of the newest call. */
async function newestRow(): Promise<Record<string, unknown>> {
  const { rows } = await stand.database.pools.general.query<Record<string, unknown>>(
    `select r.operation, r.requested_model, s.outcome, s.basis, s.input_tokens::int, s.output_tokens::int, s.audio_input_tokens::int, s.image_input_tokens::int,
       s.total_tokens::int from completion_request r join completion_settlement s on s.request_id = r.id order by r.id desc limit 1`,
  );
  return rows[0] ?? {};
}

describe('the official JavaScript client beside chat', () => {
  it('has content moderated', async () => {
    const answer = await client.moderations.create({ model: 'openai/omni-moderation-latest', input: ['I will hit you', 'Hello'] });
    expect(answer).toMatchObject({ id: 'modr-made', model: 'omni-moderation-2024-09-26', results: [VERDICT] });
    expect(lastAt('/moderations').body).toEqual({ model: 'omni-moderation-latest', input: ['I will hit you', 'Hello'] });
    expect(await newestRow()).toMatchObject({ operation: 'MODERATION', outcome: 'SUCCEEDED' });
  });

  it('has content moderated by the vendor’s usual model when it names none', async () => {
    await client.moderations.create({ input: 'Hello' });
    expect(lastAt('/moderations').body).toEqual({ model: 'omni-moderation-latest', input: 'Hello' });
  });

  it('has images made, and unknown parameters passed on', async () => {
    const answer = await client.images.generate({ model: 'openai/dall-e-3', prompt: 'A bicycle', n: 1, size: '1024x1024', style: 'vivid' });
    expect(answer.data).toEqual([{ url: 'https://images.example/1.png', revised_prompt: 'A red bicycle.' }]);
    expect(lastAt('/images/generations').body).toEqual({ model: 'dall-e-3', prompt: 'A bicycle', n: 1, size: '1024x1024', style: 'vivid' });
    expect(await newestRow()).toMatchObject({
      operation: 'IMAGE',
      requested_model: 'openai/dall-e-3',
      total_tokens: 0,
      outcome: 'SUCCEEDED',
    });
  });

  it('has images changed, from several files and a mask, and pays for them by the token', async () => {
    const files = [await toFile(PNG, 'one.png', { type: 'image/png' }), await toFile(PNG, 'two.png', { type: 'image/png' })];
    const mask = await toFile(PNG, 'mask.png', { type: 'image/png' });
    const answer = await client.images.edit({
      model: 'openai/gpt-image-1',
      image: files,
      mask,
      prompt: 'Paint it red',
      background: 'opaque',
    });
    expect(answer.data).toEqual([{ b64_json: PNG.toString('base64') }]);
    expect(answer).toMatchObject({ background: 'opaque', usage: IMAGE_USAGE });
    const { form } = lastAt('/images/edits');
    expect(form?.getAll('image[]').map((file) => (file as File).name)).toEqual(['one.png', 'two.png']);
    expect((await fileAt('/images/edits', 'mask')).equals(PNG)).toBe(true);
    expect([form?.get('model'), form?.get('prompt'), form?.get('background')]).toEqual(['gpt-image-1', 'Paint it red', 'opaque']);
    expect(await newestRow()).toMatchObject({
      input_tokens: 8,
      image_input_tokens: 12,
      output_tokens: 100,
      total_tokens: 120,
      basis: 'ACTUAL',
    });
  });

  it('has an image varied', async () => {
    const answer = await client.images.createVariation({
      model: 'openai/dall-e-2',
      image: await toFile(PNG, 'one.png', { type: 'image/png' }),
      n: 1,
    });
    expect(answer.data).toHaveLength(1);
    expect(lastAt('/images/variations').form?.get('n')).toBe('1');
  });

  it('has text spoken, byte for byte', async () => {
    const answer = await client.audio.speech.create({
      model: 'openai/gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'Good morning',
      instructions: 'Softly',
    });
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await answer.arrayBuffer()).equals(SOUND)).toBe(true);
    expect(lastAt('/audio/speech').body).toEqual({
      model: 'gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'Good morning',
      instructions: 'Softly',
    });
    expect(await newestRow()).toMatchObject({ operation: 'SPEECH', outcome: 'SUCCEEDED' });
  });

  it('has speech written down, and pays for the sound by its tokens', async () => {
    const file = await toFile(SOUND, 'morning.mp3', { type: 'audio/mpeg' });
    const answer = await client.audio.transcriptions.create({
      model: 'openai/gpt-4o-transcribe',
      file,
      language: 'en',
      include: ['logprobs'],
    });
    expect(answer).toMatchObject({ text: 'Good morning.', usage: { total_tokens: 17 } });
    const { form } = lastAt('/audio/transcriptions');
    expect((await fileAt('/audio/transcriptions', 'file')).equals(SOUND)).toBe(true);
    expect([form?.get('language'), form?.getAll('include')]).toEqual(['en', ['logprobs']]);
    expect(await newestRow()).toMatchObject({
      operation: 'TRANSCRIPTION',
      input_tokens: 4,
      audio_input_tokens: 10,
      output_tokens: 3,
      basis: 'ACTUAL',
    });
  });

  it('gets subtitles as they are', async () => {
    const file = await toFile(SOUND, 'morning.mp3', { type: 'audio/mpeg' });
    const answer: unknown = await client.audio.transcriptions.create({ model: 'openai/whisper-1', file, response_format: 'srt' });
    expect(answer).toBe('1\n00:00:00,000 --> 00:00:01,000\nGood morning.\n');
  });

  it('has speech translated', async () => {
    const file = await toFile(SOUND, 'morgen.mp3', { type: 'audio/mpeg' });
    const answer = await client.audio.translations.create({ model: 'openai/whisper-1', file, response_format: 'verbose_json' });
    expect(answer).toMatchObject({ text: 'Good morning.', language: 'german', duration: 2.4 });
  });

  it('is told which field is wrong', async () => {
    await expect(client.images.generate({ model: 'openai/dall-e-3', prompt: 'A bicycle', n: 99 })).rejects.toMatchObject({
      status: 400,
      param: 'n',
    });
    await expect(client.images.generate({ model: 'openai/dall-e-3', prompt: 'x', stream: true })).rejects.toMatchObject({
      status: 400,
      param: 'stream',
    });
    await expect(client.audio.speech.create({ model: 'openai/tts-1', voice: 'alloy', input: '' })).rejects.toMatchObject({
      status: 400,
      param: 'input',
    });
    await expect(client.moderations.create({ model: 'anthropic/claude-haiku-4-5', input: 'x' })).rejects.toMatchObject({
      status: 400,
      param: 'model',
    });
  });
});

describe('the JavaScript SDK beside chat', () => {
  const sdk = (): AntiphonClient =>
    new AntiphonClient({ baseUrl: new URL(stand.server.banner.graphqlUrl).origin, apiKey: stand.server.banner.apiKey });
  const file = (name: string, mediaType: string, data: Buffer) => ({ name, mediaType, data: data.toString('base64') });

  it('has texts embedded and judged', async () => {
    const { embeddings, completion } = await sdk().embeddingsCreate({
      input: { model: 'openai/text-embedding-3-small', texts: ['a', 'b'] },
    });
    expect(embeddings).toEqual(VECTORS.map((vector, index) => ({ index, vector })));
    expect(completion).toMatchObject({ operation: 'EMBEDDINGS', outcome: 'SUCCEEDED', door: 'GRAPHQL' });
    const { verdicts } = await sdk().moderationCreate({ input: { model: 'openai/omni-moderation-latest', texts: ['I will hit you'] } });
    expect(verdicts).toEqual([
      {
        isFlagged: true,
        categories: [
          { name: 'hate', isFlagged: false, score: 0.01 },
          { name: 'violence', isFlagged: true, score: 0.91 },
        ],
      },
    ]);
  });

  it('has images made and changed', async () => {
    const made = await sdk().imageCreate({ input: { model: 'openai/dall-e-3', prompt: 'A bicycle', providerOptions: { style: 'vivid' } } });
    expect(made.images).toEqual([{ url: 'https://images.example/1.png', base64: null, revisedPrompt: 'A red bicycle.' }]);
    expect(lastAt('/images/generations').body).toEqual({ model: 'dall-e-3', prompt: 'A bicycle', style: 'vivid' });
    const changed = await sdk().imageCreate({
      input: {
        model: 'openai/gpt-image-1',
        prompt: 'Red',
        sources: [file('one.png', 'image/png', PNG)],
        mask: file('mask.png', 'image/png', PNG),
      },
    });
    expect(changed.images).toEqual([{ url: null, base64: PNG.toString('base64'), revisedPrompt: null }]);
    expect((await fileAt('/images/edits', 'image')).equals(PNG)).toBe(true);
    expect(changed.completion).toMatchObject({ operation: 'IMAGE', usage: { imageInputTokens: 12, totalTokens: 120 } });
  });

  it('has text spoken and speech written down', async () => {
    const { speech } = await sdk().speechCreate({ input: { model: 'openai/tts-1', text: 'Good morning', voice: 'alloy' } });
    expect(speech).toEqual({ mediaType: 'audio/mpeg', base64: SOUND.toString('base64') });
    const audio = file('morning.mp3', 'audio/mpeg', SOUND);
    const { transcription } = await sdk().transcriptionCreate({ input: { model: 'openai/gpt-4o-transcribe', audio } });
    expect(transcription).toEqual({ text: 'Good morning.', language: null, durationSeconds: null });
    const translated = await sdk().transcriptionCreate({ input: { model: 'openai/whisper-1', audio, isTranslation: true } });
    expect(translated.transcription).toEqual({ text: 'Good morning.', language: 'german', durationSeconds: 2.4 });
  });

  it('is told by path which member is wrong, and by class what failed', async () => {
    const input = { model: 'openai/whisper-1', audio: { name: 'a.mp3', mediaType: 'audio/mpeg', data: 'not base64!' } };
    await expect(sdk().transcriptionCreate({ input })).rejects.toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'audio', 'data'] });
    await expect(
      sdk().rerankCreate({ input: { model: 'anthropic/claude-haiku-4-5', query: 'a', documents: ['b'] } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'model'] });
  });

  it('finds the record of what it did, without the bytes', async () => {
    const { completion } = await sdk().transcriptionCreate({
      input: { model: 'openai/gpt-4o-transcribe', audio: file('morning.mp3', 'audio/mpeg', SOUND) },
    });
    expect((await sdk().completion({ id: completion.id }))?.operation).toBe('TRANSCRIPTION');
    const { rows } = await stand.database.pools.general.query<{ body: string }>(
      'select body::text from completion_input order by request_id desc limit 1',
    );
    expect(rows[0]?.body).toContain('morning.mp3');
    expect(rows[0]?.body).not.toContain(SOUND.toString('base64'));
  });
});

describe('a form at the door', () => {
  const send = (body: Buffer | string, contentType: string): Promise<globalThis.Response> =>
    fetch(`${stand.server.banner.openaiBaseUrl}/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stand.server.banner.apiKey}`, 'content-type': contentType },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  const part = (name: string, value: string, file = ''): string =>
    `--edge\r\ncontent-disposition: form-data; name="${name}"${file === '' ? '' : `; filename="${file}"`}\r\n\r\n${value}\r\n`;

  it.each([
    ['is JSON', '{"model":"openai/whisper-1"}', 'application/json', 'multipart/form-data'],
    ['has no boundary', part('model', 'openai/whisper-1'), 'multipart/form-data', 'boundary'],
    ['breaks off', part('model', 'openai/whisper-1'), 'multipart/form-data; boundary=edge', 'whole'],
    ['has no file', `${part('model', 'openai/whisper-1')}--edge--\r\n`, 'multipart/form-data; boundary=edge', '`file`'],
    [
      'has an empty file',
      `${part('model', 'openai/whisper-1')}${part('file', '', 'a.mp3')}--edge--\r\n`,
      'multipart/form-data; boundary=edge',
      'empty',
    ],
    ['has too many fields', `${part('x', '1').repeat(300)}--edge--\r\n`, 'multipart/form-data; boundary=edge', '200 fields'],
  ])('that %s is refused with what to do, and calls nobody', async (_what, body, contentType, says) => {
    const before = stand.upstreams.openai.requests.length;
    const answer = await send(body, contentType);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(says);
    expect(stand.upstreams.openai.requests).toHaveLength(before);
  });
});
