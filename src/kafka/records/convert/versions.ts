/**
 * An old client meets a new broker, or the other way round: which format the records have on each hop, who converts, what that
 * costs, what is lost, and who refuses. Pure; the sentences are in the text area `formats`.
 */
import type { Fact, Magic } from '../byte-field.ts';
import type { CompressionType } from '../codec.ts';
import {
  announcedOldest,
  asksForVersions,
  fetchMagic,
  honoursMessageFormat,
  isIdempotentByDefault,
  isSince,
  newestMagic,
  oldestVersion,
  produceMagic,
  releaseOf,
  storedMagic,
} from './kafka-versions.ts';

export interface Meeting {
  /** Kafka versions, such as '0.10.2', '2.8', '4.3': Java clients and brokers. */
  readonly producer: string;
  readonly broker: string;
  readonly consumer: string;
  /** The format that log.message.format.version or message.format.version names; absent: the broker's own. */
  readonly messageFormat?: Magic;
  /** The producer's compression.type ('none'). */
  readonly codec?: CompressionType;
  /** Whether records have headers (false); formats before v2 have no place for them. */
  readonly headers?: boolean;
  /** enable.idempotence; absent: the producer's default. */
  readonly idempotence?: boolean;
  /** message.downconversion.enable (true), since 2.0 (KIP-283). */
  readonly downConversion?: boolean;
}

/** 'send': producer to broker; 'store': into the log; 'fetch': log to consumer. */
export type HopName = 'send' | 'store' | 'fetch';

export type Lost = 'headers' | 'timestamps' | 'control-records';

export type Cost =
  /** The records are unpacked, and compressed again. */
  | 'unpack'
  | 'repack'
  /** Every record is copied into a batch of another format, in the broker's memory. */
  | 'rebuild'
  /** The bytes go through the broker's memory instead of from the page cache to the socket. */
  | 'no-zero-copy';

export interface HopRefusal {
  readonly who: 'producer' | 'broker' | 'consumer';
  /** Kafka's error code in the answer, or null: there is no answer with a code. */
  readonly error: string | null;
  /** What the application gets thrown, or null: it goes on trying. */
  readonly exception: string | null;
  readonly connectionClosed: boolean;
  readonly reason: Fact;
}

export interface Hop {
  readonly hop: HopName;
  /** The format of the records behind this hop; null: nothing gets through. */
  readonly magic: Magic | null;
  readonly request: { readonly api: 'Produce' | 'Fetch'; readonly version: number } | null;
  /** 'up' and 'down' change the format, 'rebuild' keeps it and still writes every record anew. */
  readonly conversion: 'none' | 'up' | 'down' | 'rebuild';
  readonly costs: readonly Cost[];
  readonly lost: readonly Lost[];
  readonly refusal: HopRefusal | null;
  /** What this hop does, first; then what else is worth to know. */
  readonly facts: readonly Fact[];
}

function fact(key: string, params: Readonly<Record<string, string | number>> = {}): Fact {
  return { key: `formats.${key}`, params };
}

type Negotiated = { readonly version: number } | { readonly refusal: HopRefusal };

/**
 * The version of a request between a client and a broker. Clients before 0.10.2 do not ask and send their newest; a broker that does
 * not know it closes the connection.
 */
function negotiate(client: string, broker: string, api: 'Produce' | 'Fetch'): Negotiated {
  const who = api === 'Produce' ? 'producer' : 'consumer';
  const key = api === 'Produce' ? 'produce' : 'fetch';
  const own = releaseOf(client)[key];
  const theirs = releaseOf(broker)[key];
  const params = { client, broker, api, own, theirs, oldest: oldestVersion(broker, api) };
  if (asksForVersions(client) && !isSince(broker, '0.10.0')) {
    return { refusal: closed(who, fact('closed.no-api-versions', params)) };
  }
  const version = asksForVersions(client) ? Math.min(own, theirs) : own;
  const clientTooNew = version < oldestVersion(client, api);
  if (asksForVersions(client) && (version < announcedOldest(broker, api) || clientTooNew)) {
    const reason = fact(clientTooNew ? 'unsupported.client-too-new' : 'unsupported.client-too-old', {
      ...params,
      oldest: clientTooNew ? oldestVersion(client, api) : params.oldest,
    });
    const exception = 'UnsupportedVersionException';
    return { refusal: { who, error: null, exception, connectionClosed: false, reason } };
  }
  if (version > theirs || version < oldestVersion(broker, api)) {
    const reason = version > theirs ? 'closed.client-too-new' : 'closed.client-too-old';
    return { refusal: closed('broker', fact(reason, { ...params, version })) };
  }
  return { version };
}

function closed(who: HopRefusal['who'], reason: Fact): HopRefusal {
  return { who, error: null, exception: null, connectionClosed: true, reason };
}

function refusedHop(hop: HopName, request: Hop['request'], refusal: HopRefusal): Hop {
  return { hop, magic: null, request, conversion: 'none', costs: [], lost: [], refusal, facts: [refusal.reason] };
}

/** KIP-896: 4.x promises nothing to clients older than 2.1, even where the request versions still meet. */
function baseline(client: string, broker: string): Fact[] {
  const [older, newer] = isSince(client, broker) ? [broker, client] : [client, broker];
  return isSince(newer, '4.0') && !isSince(older, '2.1') ? [fact('note.below-baseline', { older, newer })] : [];
}

function send(meeting: Meeting): Hop {
  const { producer, broker, codec = 'none', headers = false } = meeting;
  const negotiated = negotiate(producer, broker, 'Produce');
  if ('refusal' in negotiated) return refusedHop('send', null, negotiated.refusal);
  const { version } = negotiated;
  const request = { api: 'Produce', version } as const;
  const magic = Math.min(produceMagic(version), newestMagic(producer)) as Magic;
  const idempotence = meeting.idempotence ?? isIdempotentByDefault(producer);
  const params = { producer, broker, version, magic };
  const inProducer = (exception: string, reason: Fact): Hop => {
    const refusal = { who: 'producer', error: null, exception, connectionClosed: false, reason } as const;
    return refusedHop('send', request, refusal);
  };
  if (codec === 'zstd' && version < 7) {
    return inProducer('UnsupportedCompressionTypeException', fact('refused.zstd-too-new', { version }));
  }
  if (magic < 2 && idempotence && isSince(producer, '0.11')) {
    return inProducer('UnsupportedVersionException', fact('unsupported.idempotence', params));
  }
  if (magic < 2 && headers && isSince(producer, '0.11')) {
    return inProducer('IllegalArgumentException', fact('refused.headers-in-legacy', { magic, offset: '0' }));
  }
  const older = magic < newestMagic(producer);
  const facts = [fact(older ? 'send.older' : 'send.own', params), ...baseline(producer, broker)];
  return { hop: 'send', magic, request, conversion: 'none', costs: [], lost: [], refusal: null, facts };
}

function store(meeting: Meeting, sent: Hop): Hop {
  const { broker, producer, codec = 'none', headers = false } = meeting;
  const from = sent.magic as Magic;
  const to = storedMagic(broker, meeting.messageFormat);
  const params = { broker, from, magic: to };
  const compressed = codec !== 'none';
  const refuse = (error: string, exception: string, reason: Fact): Hop => {
    const refusal = { who: 'broker', error, exception, connectionClosed: false, reason } as const;
    return refusedHop('store', null, refusal);
  };
  if (from === 2 && to < 2) {
    if (meeting.idempotence ?? isIdempotentByDefault(producer)) {
      const [error, exception] = ['UNSUPPORTED_FOR_MESSAGE_FORMAT', 'UnsupportedForMessageFormatException'];
      return refuse(error, exception, fact('refused.idempotent-in-legacy', { magic: to }));
    }
    if (codec === 'zstd') {
      const reason = fact('refused.zstd-in-legacy', { magic: to });
      return refuse('UNKNOWN_SERVER_ERROR', 'UnknownServerException', reason);
    }
    if (headers) {
      const reason = fact('refused.headers-in-legacy', { magic: to, offset: '0' });
      return refuse('UNKNOWN_SERVER_ERROR', 'UnknownServerException', reason);
    }
  }
  const rebuilds = from === to && to === 0 && compressed;
  const conversion = from < to ? 'up' : from > to ? 'down' : rebuilds ? 'rebuild' : 'none';
  const costs: Cost[] = compressed ? ['unpack'] : [];
  if (conversion !== 'none') costs.push(...(compressed ? (['repack'] as const) : []), 'rebuild');
  const lost: Lost[] = to === 0 && from > 0 ? ['timestamps'] : [];
  const facts = [fact(`store.${conversion}`, params)];
  if (conversion === 'none' && compressed) facts.push(fact('store.checked', { ...params, codec }));
  if (from === 0 && to > 0) facts.push(fact('note.no-timestamp', params));
  if (meeting.messageFormat !== undefined && !honoursMessageFormat(broker)) {
    facts.push(fact(isSince(broker, '4.0') ? 'note.format-removed' : 'note.format-ignored', { broker }));
  }
  return { hop: 'store', magic: to, request: null, conversion, costs, lost, refusal: null, facts };
}

function fetch(meeting: Meeting, stored: Hop): Hop {
  const { broker, consumer, codec = 'none', headers = false } = meeting;
  const negotiated = negotiate(consumer, broker, 'Fetch');
  if ('refusal' in negotiated) return refusedHop('fetch', null, negotiated.refusal);
  const { version } = negotiated;
  const request = { api: 'Fetch', version } as const;
  const from = stored.magic as Magic;
  const magic = Math.min(from, fetchMagic(version)) as Magic;
  const params = { broker, consumer, version, from, magic };
  const refuse = (who: 'broker' | 'consumer', error: string | null, exception: string, reason: Fact): Hop =>
    refusedHop('fetch', request, { who, error, exception, connectionClosed: false, reason });
  if (magic === from) {
    if (codec === 'zstd' && version < 10) {
      return refuse('consumer', null, 'KafkaException', fact('unsupported.zstd-consumer', params));
    }
    const facts = [fact('fetch.as-stored', params), ...baseline(consumer, broker)];
    return { hop: 'fetch', magic, request, conversion: 'none', costs: [], lost: [], refusal: null, facts };
  }
  if (meeting.downConversion === false && isSince(broker, '2.0')) {
    const reason = fact('unsupported.down-conversion-off', params);
    return refuse('broker', 'UNSUPPORTED_VERSION', 'UnsupportedVersionException', reason);
  }
  if (codec === 'zstd') {
    const reason = fact('refused.zstd-in-legacy', { magic });
    return refuse('broker', 'UNSUPPORTED_COMPRESSION_TYPE', 'UnsupportedCompressionTypeException', reason);
  }
  const lost: Lost[] = [];
  if (from === 2) lost.push(...(headers ? (['headers'] as const) : []), 'control-records');
  if (magic === 0) lost.push('timestamps');
  const costs: Cost[] = [...(codec === 'none' ? [] : (['unpack', 'repack'] as const)), 'rebuild', 'no-zero-copy'];
  const facts = [fact('fetch.down', params), fact('note.no-zero-copy', params)];
  return { hop: 'fetch', magic, request, conversion: 'down', costs, lost, refusal: null, facts };
}

/**
 * The hops in their order. After a refusal on the producer's side nothing is stored; the consumer's hop is then judged on what the
 * log holds from others: batches of the broker's own format. Throws for what is no Kafka version.
 */
export function meeting(question: Meeting): Hop[] {
  releaseOf(question.consumer);
  const sent = send(question);
  if (sent.refusal !== null) return [sent, fetchOthers(question)];
  const stored = store(question, sent);
  if (stored.refusal !== null) return [sent, stored, fetchOthers(question)];
  return [sent, stored, fetch(question, stored)];
}

function fetchOthers(question: Meeting): Hop {
  const magic = storedMagic(question.broker, question.messageFormat);
  const others = { magic } as Hop;
  return fetch(question, others);
}
