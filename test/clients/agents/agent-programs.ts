import type { AgentProgram } from './agent-program.ts';

const claudeCode: AgentProgram = {
  name: '@anthropic-ai/claude-code',
  wire: 'anthropic',
  run: ({ rootUrl, apiKey, model, prompt }) => ({
    command: 'claude',
    parameters: ['-p', prompt, '--model', model, '--permission-mode', 'acceptEdits', '--allowedTools', 'Write'],
    env: {
      ANTHROPIC_BASE_URL: rootUrl,
      ANTHROPIC_AUTH_TOKEN: apiKey,
      ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    },
  }),
};

const codex: AgentProgram = {
  name: '@openai/codex',
  wire: 'openai-responses',
  run: ({ openAiUrl, apiKey, model, folder, home, prompt }) => ({
    command: 'codex',
    parameters: ['exec', '--skip-git-repo-check', '--sandbox', 'danger-full-access', '--cd', folder, prompt],
    env: { CODEX_HOME: `${home}/.codex`, ANTIPHON_KEY: apiKey },
    files: {
      '.codex/config.toml': [
        `model = ${JSON.stringify(model)}`,
        'model_provider = "antiphon"',
        'check_for_update_on_startup = false',
        '[analytics]',
        'enabled = false',
        '[model_providers.antiphon]',
        'name = "Antiphon"',
        `base_url = ${JSON.stringify(openAiUrl)}`,
        'env_key = "ANTIPHON_KEY"',
        'wire_api = "responses"',
        '',
      ].join('\n'),
    },
  }),
};

const geminiCli: AgentProgram = {
  name: '@google/gemini-cli',
  wire: 'gemini',
  run: ({ rootUrl, apiKey, model, prompt }) => ({
    command: 'gemini',
    parameters: ['-p', prompt, '-m', model, '--yolo'],
    env: { GEMINI_API_KEY: apiKey, GOOGLE_GEMINI_BASE_URL: rootUrl, GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    files: {
      '.gemini/settings.json': JSON.stringify({
        security: { auth: { selectedType: 'gemini-api-key' } },
        general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
      }),
    },
  }),
};

const qwenCode: AgentProgram = {
  name: '@qwen-code/qwen-code',
  wire: 'openai',
  run: ({ openAiUrl, apiKey, model, prompt }) => ({
    command: 'qwen',
    parameters: ['-p', prompt, '--yolo', '--auth-type', 'openai', '-m', model],
    env: { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: openAiUrl, OPENAI_MODEL: model },
    files: {
      '.qwen/settings.json': JSON.stringify({
        general: { enableAutoUpdate: false },
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
      }),
    },
  }),
};

const opencode: AgentProgram = {
  name: 'opencode-ai',
  wire: 'openai',
  run: ({ openAiUrl, apiKey, model, prompt }) => ({
    command: 'opencode',
    parameters: ['run', '--model', `antiphon/${model}`, prompt],
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1' },
    files: {
      '.config/opencode/opencode.json': JSON.stringify({
        autoupdate: false,
        share: 'disabled',
        provider: {
          antiphon: {
            npm: '@ai-sdk/openai-compatible',
            options: { baseURL: openAiUrl, apiKey },
            models: { [model]: { name: model, tool_call: true, limit: { context: 100_000, output: 8_000 } } },
          },
        },
      }),
    },
  }),
};

export const AGENTS: readonly AgentProgram[] = [claudeCode, codex, geminiCli, qwenCode, opencode];
