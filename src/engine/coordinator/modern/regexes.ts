/**
 * Patterns of subscriptions, resolved by the coordinator (GroupMetadataManager.maybeUpdateRegularExpressions and
 * handleRegularExpressionsResult; TopicRegexResolver). A look-up runs beside the coordinator's own work: what it finds is written a
 * moment later.
 */
import { type World, wallMs } from '../../kernel/world.ts';
import { armTimer, consumerGroupIn } from '../shards.ts';
import type { ConsumerGroup, ConsumerGroupMember, ResolvedRegex } from './consumer-group.ts';
import { sameNames } from './consumer-group.ts';
import { addTopicCount, regexesWith } from './counts.ts';
import { GroupError } from './errors.ts';
import { metadataHash } from './metadata.ts';
import { type Operation, operation } from './operation.ts';
import { epochRecord, regexRecord, regexTombstone } from './records.ts';
import { compileRe2, Re2SyntaxError } from './regex.ts';
import { metadataChecked } from './subscription.ts';
import { sayBumped } from './words.ts';
import { commitRecords } from './write.ts';

/** REGEX_BATCH_REFRESH_MIN_INTERVAL_MS: not more often, whatever happens. */
const MIN_INTERVAL_MS = 10_000;
/** What a look-up of all topics takes, and its way back into the coordinator. */
const LOOK_UP_US = 1_000;

/** `resolved`: what the pattern matches is known already, so the target may change at once. */
export type RegexStatus = 'same' | 'updated' | 'resolved';

export function maybeUpdateRegexes(
  op: Operation,
  g: ConsumerGroup,
  before: ConsumerGroupMember,
  after: ConsumerGroupMember,
): RegexStatus {
  const [old, now] = [before.subscribedTopicRegex, after.subscribedTopicRegex];
  let status: RegexStatus = 'same';
  let unknown = false;
  if (old !== now) {
    status = 'updated';
    if (old !== '' && g.regexes.get(old) === 1) op.records.push(regexTombstone(op.groupId, old));
    if (now === '') status = 'resolved';
    else if ((g.regexes.get(now) ?? 0) === 0) {
      throwIfInvalid(now);
      unknown = true;
    } else if (g.resolvedRegexes.has(now)) status = 'resolved';
  }
  if (refreshIsDue(op, g, before, after, unknown)) startLookUp(op, [...regexesWith(g, before, after).keys()]);
  return status;
}

function refreshIsDue(
  op: Operation,
  g: ConsumerGroup,
  before: ConsumerGroupMember,
  after: ConsumerGroupMember,
  unknown: boolean,
): boolean {
  if ((!unknown && g.regexes.size === 0) || g.regexRefresh !== null) return false;
  const [last] = g.resolvedRegexes.values();
  const nowMs = wallMs(op.w);
  if (last !== undefined && nowMs <= last.timestampMs + MIN_INTERVAL_MS) return false;
  const wanted = regexesWith(g, before, after);
  if (wanted.size === 0) return false;
  return (
    unknown ||
    wanted.size !== g.resolvedRegexes.size ||
    (last?.version ?? 0) < op.shard.newTopicsAt ||
    last === undefined ||
    nowMs > last.timestampMs + op.config.regexRefreshIntervalMs
  );
}

function throwIfInvalid(regex: string): void {
  try {
    compileRe2(regex);
  } catch (error) {
    if (!(error instanceof Re2SyntaxError)) throw error;
    throw new GroupError('INVALID_REGULAR_EXPRESSION', `${regex}: ${error.message}`);
  }
}

function startLookUp(op: Operation, regexes: readonly string[]): void {
  const found = new Map<string, ResolvedRegex>();
  const names = [...op.image.topics.keys()].sort((a, b) => (a < b ? -1 : 1));
  for (const regex of regexes) {
    const matches = compileRe2(regex);
    const version = op.image.offset;
    found.set(regex, { topics: names.filter(matches), version, timestampMs: wallMs(op.w) });
  }
  const dueUs = op.w.nowUs + LOOK_UP_US;
  op.after.push(() => {
    const g = consumerGroupIn(op.shard, op.groupId);
    if (g === null) return;
    g.regexRefresh = { dueUs, found };
    armTimer(op.w, op.index, dueUs);
  });
}

/** The look-up is done: what it found is stored, and if that is news the group needs another target. */
export function applyRegexes(w: World, index: number, groupId: string): void {
  const op = operation(w, index, groupId);
  const g = consumerGroupIn(op.shard, groupId);
  if (g === null || g.regexRefresh === null) return;
  const { found } = g.regexRefresh;
  g.regexRefresh = null;
  const topics = new Map(g.subscribedTopics);
  let news = false;
  for (const [regex, resolved] of found) {
    if ((g.regexes.get(regex) ?? 0) === 0) continue;
    const before = g.resolvedRegexes.get(regex)?.topics ?? [];
    if (!sameNames(before, resolved.topics)) {
      news = true;
      for (const topic of before) addTopicCount(topics, topic, 0, -1);
      for (const topic of resolved.topics) addTopicCount(topics, topic, 0, 1);
    }
    op.records.push(regexRecord(groupId, regex, resolved));
  }
  const hash = metadataHash(op.image, topics.keys());
  if (news || hash !== g.metadataHash) {
    const epoch = g.groupEpoch + 1;
    op.records.push(epochRecord(groupId, epoch, hash));
    op.after.push(() => sayBumped(w, groupId, epoch, 'regex', ''));
    metadataChecked(op);
  }
  commitRecords(w, index, groupId, op.records, null, () => {
    for (const work of op.after) work();
  });
}
