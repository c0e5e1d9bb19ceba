/** What a message of a group means, in a sentence or two: by its API and by what is in it. The texts stand in `labRun`. */
import type {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  OffsetCommitRequest,
  OffsetFetchRequest,
  OffsetFetchResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from '../../../kafka/api/messages-group.ts';
import { errorIn } from '../message-content.ts';
import { type Context, type Said, saying } from './saying.ts';
import { sayConsumerHeartbeat } from './says-consumer.ts';

const SPEAK: Readonly<
  Record<number, { ask: (c: Context) => Said; answer: (c: Context, error: string | null) => Said }>
> = {
  8: { ask: commit, answer: committed },
  9: { ask: offsetFetch, answer: offsetFetched },
  10: { ask: find, answer: found },
  11: { ask: join, answer: joined },
  12: { ask: beat, answer: beaten },
  13: { ask: leave, answer: left },
  14: { ask: sync, answer: synced },
  68: sayConsumerHeartbeat('consumer'),
  76: sayConsumerHeartbeat('share'),
};

export function sayMessage(c: Context): Said {
  const speak = SPEAK[c.message.apiKey];
  if (speak === undefined) return saying(c, 'other', {}, false);
  return c.message.toServer ? speak.ask(c) : speak.answer(c, errorIn(c.message.body));
}

export const names = (list: readonly { readonly topic: string; readonly index: number }[]): string =>
  list.map((p) => `${p.topic}-${p.index}`).join(', ');

// --- finding the coordinator -------------------------------------------------------------------------------------------

function find(c: Context): Said {
  return saying(c, 'find', { group: (c.message.body as FindCoordinatorRequest).key });
}

function found(c: Context, error: string | null): Said {
  const { nodeId, key } = c.message.body as FindCoordinatorResponse;
  return error === null
    ? saying(c, 'find-answer', { coordinator: nodeId, group: key })
    : saying(c, 'find-error', { error, group: key });
}

// --- joining -----------------------------------------------------------------------------------------------------------

function join(c: Context): Said {
  const { memberId, groupId: group, groupInstanceId, protocols } = c.message.body as JoinGroupRequest;
  const first = protocols[0];
  const params = {
    group,
    instance: groupInstanceId ?? '',
    assignors: protocols.map(({ name }) => name).join(', '),
    owned: first?.metadata.ownedPartitions.length ?? 0,
    partitions: names(first?.metadata.ownedPartitions ?? []),
  };
  if (memberId === '') return saying(c, groupInstanceId === null ? 'join-first' : 'join-static', params);
  // With a member id it comes again: the first time it knows no generation yet.
  if ((first?.metadata.generationId ?? -1) < 0) return saying(c, 'join-with-id', params);
  return saying(c, params.owned > 0 ? 'rejoin-holding' : 'rejoin', params);
}

function joined(c: Context, error: string | null): Said {
  const body = c.message.body as JoinGroupResponse;
  if (error === 'MEMBER_ID_REQUIRED') return saying(c, 'join-id');
  if (error !== null) return saying(c, 'join-error', { error });
  const params = {
    generation: body.generationId,
    assignor: body.protocolName ?? '',
    count: body.members.length,
    leader: c.names.get(body.leader) ?? body.leader,
  };
  if (body.leader !== body.memberId) return saying(c, 'join-follower', params);
  return saying(c, body.skipAssignment ? 'join-leader-skips' : 'join-leader', params);
}

function sync(c: Context): Said {
  const { generationId: generation, assignments } = c.message.body as SyncGroupRequest;
  if (assignments.length === 0) return saying(c, 'sync', { generation });
  return saying(c, 'sync-plan', { generation, count: assignments.length });
}

function synced(c: Context, error: string | null): Said {
  if (error !== null) return saying(c, 'sync-error', { error });
  const { assignment } = c.message.body as SyncGroupResponse;
  const partitions = assignment?.partitions ?? [];
  const params = { count: partitions.length, partitions: names(partitions) };
  return saying(c, partitions.length === 0 ? 'sync-nothing' : 'sync-part', params);
}

// --- being there -------------------------------------------------------------------------------------------------------

function beat(c: Context): Said {
  return saying(c, 'beat', { generation: (c.message.body as HeartbeatRequest).generationId }, false);
}

const BEAT_ERRORS: Readonly<Record<string, string>> = {
  REBALANCE_IN_PROGRESS: 'beat-rebalance',
  UNKNOWN_MEMBER_ID: 'beat-unknown',
  ILLEGAL_GENERATION: 'beat-generation',
  FENCED_INSTANCE_ID: 'beat-fenced',
};

function beaten(c: Context, error: string | null): Said {
  if (error === null) return saying(c, 'beat-ok', {}, false);
  if (error !== 'REBALANCE_IN_PROGRESS') return saying(c, BEAT_ERRORS[error] ?? 'beat-error', { error });
  // It can join again only from inside poll().
  const works = !c.consumer.inPoll && (c.consumer.work.length > 0 || c.consumer.pausedUntilUs > c.w.nowUs);
  return saying(c, works ? 'beat-rebalance-works' : 'beat-rebalance');
}

function leave(c: Context): Said {
  const { members } = c.message.body as LeaveGroupRequest;
  const poll = members.some(({ reason }) => reason.includes('poll timeout'));
  return saying(c, poll ? 'leave-poll' : 'leave');
}

function left(c: Context, error: string | null): Said {
  return error === null ? saying(c, 'leave-answer') : saying(c, 'leave-error', { error });
}

// --- offsets -----------------------------------------------------------------------------------------------------------

function commit(c: Context): Said {
  const { partitions, generationIdOrMemberEpoch: generation } = c.message.body as OffsetCommitRequest;
  const params = { count: partitions.length, partitions: names(partitions), generation };
  const before = c.consumer.group !== null && c.consumer.group.prepare === 'flying';
  return before ? saying(c, 'commit-before', params) : saying(c, 'commit', params, false);
}

function committed(c: Context, error: string | null): Said {
  if (error === null) return saying(c, 'commit-ok', {}, false);
  return saying(c, error === 'REBALANCE_IN_PROGRESS' ? 'commit-rebalance' : 'commit-refused', { error });
}

function offsetFetch(c: Context): Said {
  const { partitions } = c.message.body as OffsetFetchRequest;
  return saying(c, 'offsets', { count: partitions?.length ?? 0, partitions: names(partitions ?? []) });
}

function offsetFetched(c: Context, error: string | null): Said {
  if (error !== null) return saying(c, 'offsets-error', { error });
  const { partitions } = c.message.body as OffsetFetchResponse;
  const known = partitions.filter(({ committedOffset }) => committedOffset >= 0);
  return saying(c, known.length === 0 ? 'offsets-none' : 'offsets-answer', {
    count: known.length,
    offsets: known.map((p) => `${p.topic}-${p.index}: ${p.committedOffset}`).join(', '),
  });
}
