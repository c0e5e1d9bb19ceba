/**
 * How many bytes a Fetch takes on the wire, by Kafka's arithmetic (FetchRequest.json and FetchResponse.json, version 17 with
 * flexible headers): an incremental fetch with nothing new is small, whatever its session holds.
 */
import { sizeOfUnsignedVarint } from '../records/varint.ts';
import type { FetchPartitionResponse, FetchRequest, FetchResponse } from './messages.ts';

/** Length prefix, API key, version, correlation id, length of the client id, no tagged fields. */
const REQUEST_HEADER_BYTES = 4 + 2 + 2 + 4 + 2 + 1;
/** Longest wait, least and most bytes, isolation level, session id and epoch. */
const REQUEST_FIELDS_BYTES = 4 + 4 + 4 + 1 + 4 + 4;
/** Topic id and no tagged fields. */
const TOPIC_BYTES = 16 + 1;
/** Index, leader epoch, fetch offset, last fetched epoch, log start, most bytes, no tagged fields. */
const REQUEST_PARTITION_BYTES = 4 + 4 + 8 + 4 + 8 + 4 + 1;
/** ReplicaState: tag, length, replica id and broker epoch, no tagged fields. */
const REPLICA_STATE_BYTES = 1 + 1 + 4 + 8 + 1;
/** Length prefix, correlation id, tags; throttle time, error code, session id. */
const RESPONSE_FIELDS_BYTES = 4 + 4 + 1 + 4 + 2 + 4;
/** Index, error, high watermark, stable offset, log start, no aborted transactions, preferred replica, tags. */
const RESPONSE_PARTITION_BYTES = 4 + 2 + 8 + 8 + 8 + 1 + 4 + 1;
const DIVERGING_EPOCH_BYTES = 1 + 1 + 4 + 8 + 1;
const CURRENT_LEADER_BYTES = 1 + 1 + 4 + 4 + 1;

/** Topics are grouped: `partitions` lie topic after topic as they come, a change of topic begins another group. */
function topicsBytes(partitions: readonly { readonly topic: string }[], eachBytes: number): number {
  let groups = 0;
  let size = 0;
  let from = 0;
  for (let i = 1; i <= partitions.length; i++) {
    if (i < partitions.length && partitions[i]?.topic === partitions[from]?.topic) continue;
    groups += 1;
    size += TOPIC_BYTES + sizeOfUnsignedVarint(i - from + 1) + (i - from) * eachBytes;
    from = i;
  }
  return size + sizeOfUnsignedVarint(groups + 1);
}

/** `clientIdLength`: of what the client calls itself in its header. */
export function fetchRequestBytes(request: FetchRequest, clientIdLength: number): number {
  return (
    REQUEST_HEADER_BYTES +
    clientIdLength +
    REQUEST_FIELDS_BYTES +
    topicsBytes(request.partitions, REQUEST_PARTITION_BYTES) +
    topicsBytes(request.forgottenTopicsData, 4) +
    sizeOfUnsignedVarint(request.rackId.length + 1) +
    request.rackId.length +
    1 +
    (request.replicaId >= 0 ? REPLICA_STATE_BYTES : 0)
  );
}

function answerBytes(p: FetchPartitionResponse): number {
  const records = p.recordsSizeInBytes;
  return (
    RESPONSE_PARTITION_BYTES +
    sizeOfUnsignedVarint(records + 1) +
    records +
    (p.divergingEpoch === null ? 0 : DIVERGING_EPOCH_BYTES) +
    (p.currentLeader === null ? 0 : CURRENT_LEADER_BYTES)
  );
}

export function fetchResponseBytes(response: Pick<FetchResponse, 'responses'>): number {
  const { responses } = response;
  let size = RESPONSE_FIELDS_BYTES + topicsBytes(responses, 0) + 1;
  for (const p of responses) size += answerBytes(p);
  return size;
}
