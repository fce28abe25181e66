/**
 * An engine with the interface of node-llama-cpp whose "model" does what the last user message says, so that tests decide how it
 * behaves. A token is one UTF-8 byte; 256 and 257 are the marks of ChatML. `test/full` runs the same suite over the true engine.
 *
 *   say <text>    answers the text          endless   never closes its turn
 *   hang          stops after one token     throw     fails in the engine
 *   crash         ends the process          prompt    answers with the prompt it was given
 */
import { writeSync } from 'node:fs';

const OPEN = 256;
const CLOSE = 257;
const MARKS = new Map([
  ['<|im_start|>', OPEN],
  ['<|im_end|>', CLOSE],
]);

function tokenize(text, specialTokens) {
  return specialTokens && MARKS.has(text) ? [MARKS.get(text)] : [...Buffer.from(text)];
}

function detokenize(tokens) {
  return Buffer.from(tokens.filter((token) => token < OPEN)).toString();
}

function lastMessage(prompt) {
  const end = prompt.lastIndexOf(CLOSE);
  return detokenize(prompt.slice(prompt.lastIndexOf(OPEN, end) + 1, end)).replace(/^user\n/u, '');
}

function showPrompt(prompt) {
  return prompt.map((token) => (token === OPEN ? '[open]' : token === CLOSE ? '[close]' : String.fromCharCode(token))).join('');
}

function createSequence() {
  let state = [];
  return {
    async clearHistory() {
      state = [];
    },
    async evaluateWithoutGeneratingNewTokens(tokens) {
      state.push(...tokens);
    },
    async *evaluate(tokens) {
      state.push(...tokens);
      const order = lastMessage(state);
      if (order === 'throw') throw new Error('the scripted engine was told to fail');
      if (order === 'hang') {
        yield 97;
        await new Promise(() => undefined);
      }
      const text = order === 'prompt' ? showPrompt(state) : order.replace(/^say /u, '');
      for (let index = 0; order === 'endless' || order === 'crash' || index < Buffer.byteLength(text); index++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (order === 'crash' && index === 3) {
          writeSync(2, 'scripted crash\n');
          process.kill(process.pid, 'SIGKILL');
        }
        yield order === 'endless' || order === 'crash' ? 97 : Buffer.from(text)[index];
      }
    },
  };
}

export async function getLlama() {
  return {
    async loadModel({ modelPath }) {
      if (modelPath === 'unreadable') throw new Error('the weights cannot be read');
      if (modelPath === 'slow') await new Promise(() => setInterval(() => undefined, 1000));
      return { tokenize, detokenize, createContext: async () => ({ getSequence: createSequence }) };
    },
  };
}
