/** Transport pseudo-APIs beside Kafka's keys: opening a connection, its acceptance, its end. */
export const Transport = { Connect: -1, Accept: -2, Close: -3 } as const;

/** What travels: a request or a response (or a transport signal) on one connection, known from departure to arrival. */
export interface Message {
  readonly id: number;
  readonly connection: number;
  /** The connection's epoch at sending: messages of an older connection are answered with a reset. */
  readonly epoch: number;
  readonly toServer: boolean;
  /** Kafka's API key, or a Transport signal. */
  readonly apiKey: number;
  readonly correlationId: number;
  readonly from: number;
  readonly to: number;
  readonly sentUs: number;
  readonly arriveUs: number;
  readonly sizeBytes: number;
  /** Request or response body with Kafka's field names; null for transport signals. Never changed after sending. */
  readonly body: unknown;
}

/** A request that waits for its answer, on the client's side of a connection. */
export interface InFlight {
  readonly correlationId: number;
  readonly apiKey: number;
  readonly sentUs: number;
  readonly deadlineUs: number;
  readonly expectsResponse: boolean;
  readonly body: unknown;
  readonly sizeBytes: number;
  readonly messageId: number;
}

/** An answered (or dropped) request, kept for the inspector. */
export interface Exchange {
  readonly request: InFlight;
  readonly arriveUs: number;
  readonly answeredUs: number | null;
  readonly response: unknown;
}
