import { COMPATIBLE_CAPABILITIES, COMPATIBLE_WIRE } from '../adapters/openai-compatible/index.ts';
import { defineCompatibleVendor } from './compatible-vendor.ts';

/** Any server that speaks the OpenAI wire and of which nothing else is known. */
export const COMPATIBLE = defineCompatibleVendor({
  id: 'compatible',
  displayName: 'OpenAI-compatible server',
  defaultBaseUrl: null,
  baseUrlVariable: 'ANTIPHON_COMPATIBLE_BASE_URL',
  key: {
    description: 'a key, or nothing where the server needs none',
    isRequired: false,
    variables: ['ANTIPHON_COMPATIBLE_API_KEY'],
  },
  settings: [
    {
      name: 'models',
      description: 'model names, separated by commas',
      isSecret: false,
      isRequired: true,
      variables: ['ANTIPHON_COMPATIBLE_MODELS'],
    },
  ],
  capabilities: COMPATIBLE_CAPABILITIES,
  // It may be Google's own server of this wire.
  wire: { ...COMPATIBLE_WIRE, takesCallSignatures: true },
  tasks: ['moderation', 'image', 'speech', 'transcription'],
  rerankPath: '/rerank',
});
