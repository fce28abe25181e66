import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStopFilter, createTokenDecoder } from './local-smollm2.text.ts';

const detokenize = (tokens: readonly number[]): string => Buffer.from(tokens).toString();

describe('createTokenDecoder', () => {
  it('holds the bytes of a character back until it is whole', () => {
    const decoder = createTokenDecoder(detokenize);
    expect([...Buffer.from('a😀b')].map((byte) => decoder.push(byte))).toEqual(['a', '', '', '', '😀', 'b']);
  });

  it('passes on bytes that are no character instead of holding them for ever', () => {
    const decoder = createTokenDecoder(detokenize);
    const shown = [0xff, 0xff, 0xff, 0xff, 0x61].map((byte) => decoder.push(byte)).join('');
    expect(shown).toBe('\uFFFD\uFFFD\uFFFD\uFFFDa');
  });

  it('drops a character that was cut in two at the end', () => {
    const decoder = createTokenDecoder(detokenize);
    const shown = [...Buffer.from('x😀').subarray(0, 3)].map((byte) => decoder.push(byte)).join('');
    expect(shown + decoder.flush()).toBe('x');
  });

  it('gives back any text, whatever its characters', () => {
    // A text that itself ends in the replacement character cannot be told from one that was cut.
    const texts = fastCheck.string({ unit: 'grapheme' }).filter((text) => !text.endsWith('\uFFFD'));
    fastCheck.assert(
      fastCheck.property(texts, (text) => {
        const decoder = createTokenDecoder(detokenize);
        const shown = [...Buffer.from(text)].map((byte) => decoder.push(byte)).join('');
        expect(shown + decoder.flush()).toBe(text);
      }),
    );
  });
});

/** Pushes piece by piece, as a caller does. */
function filterAll(pieces: readonly string[], stop: readonly string[]): { text: string; isStopped: boolean } {
  const filter = createStopFilter(stop);
  let text = '';
  for (const piece of pieces) {
    const step = filter.push(piece);
    text += step.text;
    if (step.isStopped) return { text, isStopped: true };
  }
  return { text: text + filter.flush(), isStopped: false };
}

describe('createStopFilter', () => {
  it('cuts before the stop sequence, even when it comes in pieces', () => {
    expect(filterAll(['one S', 'TO', 'P two'], ['STOP'])).toEqual({ text: 'one ', isStopped: true });
  });

  it('shows an ending that did not become a stop sequence', () => {
    expect(filterAll(['one ST', 'ART'], ['STOP'])).toEqual({ text: 'one START', isStopped: false });
    expect(filterAll(['one ST'], ['STOP'])).toEqual({ text: 'one ST', isStopped: false });
  });

  it('takes the stop sequence that comes first in the text', () => {
    expect(filterAll(['a-b+c'], ['+', '-'])).toEqual({ text: 'a', isStopped: true });
  });

  it('ignores empty stop sequences', () => {
    expect(filterAll(['text'], [''])).toEqual({ text: 'text', isStopped: false });
  });

  it('shows exactly the text before the first stop sequence, however the text is cut', () => {
    const letters = fastCheck.string({ unit: fastCheck.constantFrom('a', 'b') });
    fastCheck.assert(
      fastCheck.property(fastCheck.array(letters), fastCheck.array(letters, { maxLength: 3 }), (pieces, stop) => {
        const whole = pieces.join('');
        const cuts = stop.filter((sequence) => sequence !== '' && whole.includes(sequence)).map((sequence) => whole.indexOf(sequence));
        const shown = filterAll(pieces, stop);
        // Of several sequences the one completed first in time may start later than one that is completed after it.
        if (stop.length <= 1) expect(shown.text).toBe(cuts.length > 0 ? whole.slice(0, cuts[0]) : whole);
        expect(shown.isStopped).toBe(cuts.length > 0);
        expect(stop.some((sequence) => sequence !== '' && shown.text.includes(sequence))).toBe(false);
      }),
    );
  });
});
