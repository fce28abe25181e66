import type { LedgerEntry } from './ledger.entry.ts';
import type { PayloadRecord } from './ledger.records.ts';

/** `B`ind, `E`xecute, `S`ync: the messages that run a prepared statement (PostgreSQL protocol 3.0). */
const BIND = 0x42;
const EXECUTE_AND_SYNC = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4]);
const PARAMETERS = 9;
/** Enough for everything but the rows. */
const FRAME_BYTES = 512;
/** Enough for the row of a payload without its body. */
const PAYLOAD_ROW_BYTES = 160;
/** UTF-16 units become three bytes of UTF-8 at most. */
const MAX_BYTES_PER_UNIT = 3;
/** A buffer up to this size is kept for the next batch. */
const KEPT_BYTES = 4 * 1024 * 1024;

type RowList = 'request' | 'attempts' | 'attemptSettlements' | 'settlement' | 'checkpoints' | 'refusals';

/**
 * Writes batches in the form in which they go over the wire, into memory that is used again. `pg` would collect the same bytes in several
 * growing buffers outside the heap, which costs more processor time, most of it garbage collection, than all else in a batch.
 */
export class BatchMessage {
  readonly #statementName: Buffer;
  #buffer = Buffer.allocUnsafeSlow(64 * 1024);
  #length = 0;

  constructor(statementName: string) {
    this.#statementName = Buffer.from(`${statementName}\0`, 'utf8');
  }

  /** The messages that run the batch statement over `entries`. Valid until the next call. */
  encode(entries: readonly LedgerEntry[]): Buffer {
    this.#reserve(entries);
    this.#length = 0;
    this.#buffer[this.#length++] = BIND;
    const lengthAt = this.#skip(4);
    this.#buffer[this.#length++] = 0; // the unnamed portal
    this.#length += this.#statementName.copy(this.#buffer, this.#length);
    this.#writeInt16(1); // one format for all parameters: binary, which for json is its text
    this.#writeInt16(1);
    this.#writeInt16(PARAMETERS);
    const bodyLengths = this.#writeBodies(entries);
    this.#writeRows(entries, 'request');
    this.#writeRows(entries, 'attempts');
    this.#writeRows(entries, 'attemptSettlements');
    this.#writeRows(entries, 'settlement');
    this.#writePayloads(entries, bodyLengths);
    this.#writeRows(entries, 'checkpoints');
    this.#writeRows(entries, 'refusals');
    this.#writeInt16(0); // results as text
    this.#buffer.writeInt32BE(this.#length - lengthAt, lengthAt);
    this.#length += EXECUTE_AND_SYNC.copy(this.#buffer, this.#length);
    const message = this.#buffer.subarray(0, this.#length);
    if (this.#buffer.length > KEPT_BYTES) this.#buffer = Buffer.allocUnsafeSlow(64 * 1024);
    return message;
  }

  #reserve(entries: readonly LedgerEntry[]): void {
    let units = FRAME_BYTES;
    for (const entry of entries) units += unitsOf(entry);
    const bytes = units * MAX_BYTES_PER_UNIT;
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(2 * this.#buffer.length, KEPT_BYTES)));
  }

  /** All bodies, one after the other; returns the bytes of each, inputs first. */
  #writeBodies(entries: readonly LedgerEntry[]): number[] {
    const lengths: number[] = [];
    const lengthAt = this.#skip(4);
    for (const { input } of entries) if (input !== null && input.json !== null) lengths.push(this.#writeText(input.json));
    for (const { output } of entries) if (output !== null && output.json !== null) lengths.push(this.#writeText(output.json));
    this.#buffer.writeInt32BE(this.#length - lengthAt - 4, lengthAt);
    return lengths;
  }

  #writeRows(entries: readonly LedgerEntry[], list: RowList): void {
    const start = this.#openArray();
    for (const entry of entries) {
      const rows = entry[list];
      if (rows === '') continue;
      this.#writeText(rows);
      this.#buffer[this.#length++] = 0x2c; // ,
    }
    this.#closeArray(start);
  }

  #writePayloads(entries: readonly LedgerEntry[], bodyLengths: readonly number[]): void {
    let [offset, body] = [1, 0];
    const write = (payload: PayloadRecord): void => {
      let row = `{"a":"${payload.requestId}","b":"${payload.format}","e":${payload.sizeBytes}`;
      if (payload.json !== null) {
        const length = bodyLengths[body++] as number;
        row += `,"c":${offset},"d":${length}`;
        offset += length;
      }
      this.#length += this.#buffer.write(row + '},', this.#length, 'latin1');
    };
    const inputsAt = this.#openArray();
    for (const { input } of entries) if (input !== null) write(input);
    this.#closeArray(inputsAt);
    const outputsAt = this.#openArray();
    for (const { output } of entries) if (output !== null) write(output);
    this.#closeArray(outputsAt);
  }

  /** Each row is followed by a comma; the last one's becomes the closing bracket. */
  #openArray(): number {
    const lengthAt = this.#skip(4);
    this.#buffer[this.#length++] = 0x5b; // [
    return lengthAt;
  }

  #closeArray(lengthAt: number): void {
    if (this.#length > lengthAt + 5) this.#length--;
    this.#buffer[this.#length++] = 0x5d; // ]
    this.#buffer.writeInt32BE(this.#length - lengthAt - 4, lengthAt);
  }

  #writeText(text: string): number {
    const written = this.#buffer.write(text, this.#length, 'utf8');
    this.#length += written;
    return written;
  }

  #writeInt16(value: number): void {
    this.#length = this.#buffer.writeInt16BE(value, this.#length);
  }

  #skip(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    return at;
  }
}

/** UTF-16 units of `entry`'s rows and bodies; commas and the rows of payloads included. */
function unitsOf(entry: LedgerEntry): number {
  const { request, attempts, attemptSettlements, settlement, checkpoints, refusals, input, output } = entry;
  let units = request.length + attempts.length + attemptSettlements.length + settlement.length + checkpoints.length + refusals.length + 8;
  if (input !== null) units += PAYLOAD_ROW_BYTES + (input.json === null ? 0 : input.json.length);
  if (output !== null) units += PAYLOAD_ROW_BYTES + (output.json === null ? 0 : output.json.length);
  return units;
}
