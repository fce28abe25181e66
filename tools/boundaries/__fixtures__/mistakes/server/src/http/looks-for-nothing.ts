import { nothing } from './nothing.ts';

function sealed(target: object): void {
  Object.seal(target);
}

// Syntax that a reader for plain JavaScript would stumble over, and then miss the import above.
@sealed
export class Odd {
  #hidden = nothing satisfies unknown;
  async read(): Promise<unknown> {
    await using handle = { [Symbol.asyncDispose]: async () => undefined };
    return [handle, this.#hidden as unknown];
  }
}
