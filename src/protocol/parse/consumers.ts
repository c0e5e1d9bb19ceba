import { effectiveConsumerConfig } from '../../kafka/config/effective-consumer.ts';
import type { CommitMode, ConfigObject, ScenarioConsumer } from '../scenario.ts';
import { type Check, member, report, shorten } from './check.ts';
import { checkEffective, configObject } from './configs.ts';
import { consumerConfigEntries } from './consumer-config.ts';
import type { Names } from './names.ts';
import { existingPartition, topicName } from './references.ts';
import { acknowledgeRule, checkShare } from './share-consumers.ts';
import {
  defined,
  type Fields,
  listOf,
  needed,
  optional,
  type Read,
  readBoolean,
  readFields,
  readName,
  readTime,
  word,
} from './values.ts';
import { readVersion } from './versions.ts';

const FIELDS = [
  'id',
  'version',
  'joinMs',
  'config',
  'subscribe',
  'subscribePattern',
  'assign',
  'processMs',
  'processing',
  'commit',
  'share',
  'acknowledge',
];
const SOURCES = ['assign', 'subscribe', 'subscribePattern'];
export const MAX_SOURCES = 3000;
const MAX_PATTERN_LENGTH = 1000;

export function consumer(names: Names): Read<ScenarioConsumer> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, FIELDS);
    if (fields === undefined) return undefined;
    const id = needed(check, place, fields, 'id', readName);
    const before = check.problems.length;
    const rest = defined({
      version: optional(check, place, fields, 'version', readVersion),
      joinMs: optional(check, place, fields, 'joinMs', readTime),
      config: optional(check, place, fields, 'config', configObject('consumer')),
      subscribe: optional(
        check,
        place,
        fields,
        'subscribe',
        listOf(topicName(names), { min: 1, max: MAX_SOURCES, distinct: true }),
      ),
      subscribePattern: optional(check, place, fields, 'subscribePattern', readPattern),
      assign: optional(
        check,
        place,
        fields,
        'assign',
        listOf(existingPartition(names), { min: 1, max: MAX_SOURCES, distinct: true }),
      ),
      processMs: optional(check, place, fields, 'processMs', readTime),
      processing: optional(check, place, fields, 'processing', word('inline', 'thread')),
      commit: optional(check, place, fields, 'commit', word('auto', 'sync', 'async', 'before', 'none')),
      share: optional(check, place, fields, 'share', readBoolean),
      acknowledge: optional(check, place, fields, 'acknowledge', acknowledgeRule),
    });
    checkSource(check, place, fields, rest.config ?? {});
    if (rest.share === true) checkShare(check, place, rest);
    else checkCommit(check, place, rest.config ?? {}, rest.commit);
    if (rest.share !== true && rest.acknowledge !== undefined)
      report(check, member(place, 'acknowledge'), 'acknowledge-without-share');
    if (check.problems.length === before) checkConsumerConfig(check, place, rest);
    return id === undefined ? undefined : { id, ...rest };
  };
}

export const readPattern: Read<string> = (check, place, value) => {
  const pattern = readName(check, place, value);
  if (pattern === undefined) return undefined;
  if (pattern.length > MAX_PATTERN_LENGTH) {
    report(check, place, 'too-long', { size: pattern.length, max: MAX_PATTERN_LENGTH });
    return undefined;
  }
  try {
    new RegExp(pattern);
    return pattern;
  } catch {
    report(check, place, 'bad-pattern', { value: shorten(pattern) });
    return undefined;
  }
};

/** Exactly one of assign, subscribe and subscribePattern, and what goes with it. */
function checkSource(check: Check, place: string, fields: Fields, config: ConfigObject): void {
  const [first, second] = SOURCES.filter((name) => fields.has(name));
  if (first === undefined) {
    report(check, place, 'no-source', {}, { expected: SOURCES.join(', ') });
    return;
  }
  if (second !== undefined) report(check, member(place, second), 'two-sources', { first, second });
  if (first === 'assign') {
    if (fields.get('share') === true) report(check, member(place, 'assign'), 'share-assign');
    return;
  }
  if (first === 'subscribePattern' && fields.get('share') === true)
    report(check, member(place, first), 'share-pattern', {}, { expected: 'subscribe' });
  if (config['group.id'] === undefined) {
    report(
      check,
      member(place, first),
      'subscribe-without-group',
      { field: first },
      { expected: '"config": { "group.id": "..." }' },
    );
  }
}

/** commit says how the application commits, enable.auto.commit whether the client does: they must agree. */
function checkCommit(check: Check, place: string, config: ConfigObject, commit: CommitMode | undefined): void {
  const set = config['enable.auto.commit']?.trim().toLowerCase();
  const wanted = (commit ?? 'auto') === 'auto' ? 'true' : 'false';
  if (set !== undefined && set !== wanted) {
    const at = member(member(place, 'config'), 'enable.auto.commit');
    if (commit === undefined) report(check, at, 'commit-conflict-default', {}, { expected: '"commit": "none"' });
    else report(check, at, 'commit-conflict', { commit, wanted, found: JSON.stringify(set) }, { expected: wanted });
  }
  if (commit === undefined || commit === 'auto' || commit === 'none' || config['group.id'] !== undefined) return;
  report(check, member(place, 'commit'), 'commit-without-group', { commit });
}

function checkConsumerConfig(check: Check, place: string, rest: Omit<ScenarioConsumer, 'id'>): void {
  // What a share consumer knows beside is checked value by value, and with its commit mode (share-consumers.ts).
  const entries = consumerConfigEntries(rest).filter(([key]) => rest.share !== true || !key.startsWith('share.'));
  const effective = effectiveConsumerConfig(entries);
  // That nothing is committed without a group goes without saying.
  const notes = effective.ok ? effective.notes.filter((note) => note.code !== 'auto-commit-off') : [];
  checkEffective(check, member(place, 'config'), effective.ok ? { ...effective, notes } : effective);
}
