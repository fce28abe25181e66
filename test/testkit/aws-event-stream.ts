/** Writes messages of AWS' binary event streams, for servers that speak as Bedrock does. */
import { crc32 } from 'node:zlib';

const STRING_TYPE = 7;

/** One message with text headers. */
export function encodeMessage(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  return encodeRaw(Buffer.concat(Object.entries(headers).map(([name, value]) => encodeHeader(name, value))), Buffer.from(payload));
}

/** One message whose headers are bytes already. */
export function encodeRaw(headers: Buffer, payload: Buffer): Buffer {
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(12 + headers.length + payload.length + 4, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const head = Buffer.concat([prelude, checksumOf(prelude), headers, payload]);
  return Buffer.concat([head, checksumOf(head)]);
}

/** An event of a stream. */
export function encodeEvent(type: string, event: unknown): Buffer {
  return encodeMessage({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, JSON.stringify(event));
}

/** An error in the middle of a stream. */
export function encodeException(type: string, body: unknown): Buffer {
  return encodeMessage(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    JSON.stringify(body),
  );
}

export function encodeHeader(name: string, value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name), Buffer.from([STRING_TYPE]), length, bytes]);
}

function checksumOf(bytes: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return checksum;
}
