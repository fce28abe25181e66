import type { Connection, PoolClient, Submittable } from 'pg';

/** How many settlements a batch inserted; fewer than were sent means that some were there before. */
export interface BatchCounts {
  readonly attemptSettlements: number;
  readonly settlements: number;
}

export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** `pg` keeps here what it has prepared on a connection, and clears it when preparing fails. */
interface PreparingConnection extends Connection {
  readonly parsedStatements: Record<string, string>;
}

type Callback = (error: Error | null, counts?: BatchCounts) => void;

/**
 * Runs a ready-made message on `client`; `statement` is prepared when the connection has not done so yet. Rejects like `client.query`,
 * also after `timeoutMs` without an answer; the connection must not be used again then.
 */
export function runBatch(client: PoolClient, statement: PreparedStatement, message: Buffer, timeoutMs: number): Promise<BatchCounts> {
  return new Promise((resolve, reject) => {
    client.query(
      new BatchQuery(statement, message, timeoutMs, (error, counts) => {
        if (error === null && counts !== undefined) resolve(counts);
        else reject(error ?? new Error('PostgreSQL answered a batch without its counts'));
      }),
    );
  });
}

/** Speaks with `pg`'s client as its own queries do. The names of the members are `pg`'s. */
class BatchQuery implements Submittable {
  /** `pg` reads these two when it learns that the statement is prepared. */
  readonly name: string;
  readonly text: string;
  /** `pg` wraps it when there is a time-out. */
  callback: Callback;
  readonly #message: Buffer;
  #counts: BatchCounts | undefined;

  constructor(
    statement: PreparedStatement,
    message: Buffer,
    readonly query_timeout: number,
    callback: Callback,
  ) {
    this.name = statement.name;
    this.text = statement.text;
    this.callback = callback;
    this.#message = message;
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    try {
      if ((connection as PreparingConnection).parsedStatements[this.name] === undefined)
        connection.parse({ name: this.name, text: this.text, types: [] }, true);
      stream.write(this.#message);
    } finally {
      stream.uncork();
    }
  }

  handleRowDescription(): void {
    // Not asked for: the columns are known.
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#counts = { attemptSettlements: Number(fields[0]), settlements: Number(fields[1]) };
  }

  handleCommandComplete(): void {
    // What follows, ReadyForQuery, comes after the commit.
  }

  handleReadyForQuery(): void {
    this.callback(null, this.#counts);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}
