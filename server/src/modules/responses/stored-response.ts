/** JSON of a wire; what it means is the door's to know. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonFields = { readonly [key: string]: Json };

export type ResponseStatus = 'queued' | 'in_progress' | 'completed' | 'incomplete' | 'failed' | 'cancelled';

/** A response as it was kept. */
export interface StoredResponse {
  readonly projectId: string;
  /** As its caller knows it. */
  readonly id: string;
  readonly completionId: string;
  readonly status: ResponseStatus;
  readonly isBackground: boolean;
  /** Who served it; null while nobody has. */
  readonly providerId: string | null;
  /** Whether that provider keeps it too, under the same id. */
  readonly isKeptUpstream: boolean;
  readonly previousResponseId: string | null;
  /** Items of its own request, without those of earlier responses. */
  readonly input: readonly JsonFields[];
  readonly response: JsonFields;
  /** The events as they were streamed; null when they were not kept. */
  readonly events: string | null;
}

export interface NewStoredResponse extends StoredResponse {
  /** Ids of its input and output items, for those who refer to them. */
  readonly itemIds: readonly string[];
  readonly createdAtMs: number;
  /** Until when somebody answers for its running; null when it has ended. */
  readonly leaseUntilMs: number | null;
}

/** How a background response ended. */
export interface ResponseEnd {
  readonly status: Exclude<ResponseStatus, 'queued' | 'in_progress'>;
  readonly response: JsonFields;
  readonly events: string | null;
  readonly providerId: string | null;
  readonly itemIds: readonly string[];
}
