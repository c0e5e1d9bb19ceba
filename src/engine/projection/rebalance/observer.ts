/**
 * Watches a world around one moment for the rebalance lab. It reads the world before and after each event and changes nothing:
 * the world that it watched has the hash of one that nobody watched.
 */
import { vectorGet, vectorLength } from '../../../base/vector.ts';
import type { LabRun } from '../../../protocol/lab.ts';
import { EventKind } from '../../kernel/event.ts';
import { historyHash } from '../../kernel/hash.ts';
import type { TimedCommand, World } from '../../kernel/world.ts';
import { type AssignmentLog, beginAssignments, hearAssignment } from './assignments.ts';
import { type GroupBefore, groupBefore, newTarget } from './assignments-server.ts';
import { type Before, beforeTrigger, figuresOf } from './figures.ts';
import { beginLanes, coordinatorSpans, type Lanes, lookAtLanes, memberSpans, partitionSpans } from './lanes.ts';
import { beginMessages, hear, hearStuck, hearTheRest, isGroupTalk, type MessageLog, stepsOf } from './messages.ts';

export interface Watch {
  readonly groupId: string;
  readonly fromUs: number;
  readonly triggerUs: number;
  readonly firstLine: number;
  readonly lanes: Lanes;
  readonly messages: MessageLog;
  readonly assignments: AssignmentLog;
  /** The group as it was before the request that arrives now; null: none does. */
  asked: GroupBefore | 'nothing' | null;
  before: Before | null;
  /** The coordinator may come to another decision by what happens now. */
  heard: boolean;
}

/** From this moment on. */
export function beginWatch(w: World, groupId: string, triggerUs: number): Watch {
  const lanes = beginLanes(w, groupId);
  return {
    groupId,
    fromUs: w.nowUs,
    triggerUs,
    firstLine: vectorLength(w.lines),
    lanes,
    messages: beginMessages(w, groupId, lanes.consumers),
    assignments: beginAssignments(),
    asked: null,
    heard: true,
    before: null,
  };
}

/** Before the kernel's next step to at most `toUs`: what is about to happen. */
export function lookAhead(w: World, watch: Watch, commands: readonly TimedCommand[], toUs: number): void {
  const event = w.queue[0];
  const eventUs = event?.atUs ?? Number.POSITIVE_INFINITY;
  const commandUs = commands[w.commandsRun]?.atUs ?? Number.POSITIVE_INFINITY;
  watch.heard = commandUs <= eventUs || event?.kind === EventKind.GroupCoordinatorTimer;
  // A command comes before the events of its microsecond.
  if (event === undefined || event.message === null || eventUs > toUs || commandUs <= eventUs) return;
  const { message } = event;
  if (!isGroupTalk(watch.messages, message)) return;
  watch.heard = true;
  hear(w, watch.messages, message);
  hearAssignment(w, watch.assignments, message, watch.messages.names);
  if (!message.toServer) return;
  watch.asked = groupBefore(w, watch.groupId, watch.lanes.offsetsPartition) ?? 'nothing';
}

/** The world stands right before the trigger: figures count from here. */
export function atTrigger(w: World, watch: Watch): void {
  watch.before = beforeTrigger(w, watch.groupId);
}

/** After a step. */
export function lookBack(w: World, watch: Watch): void {
  if (watch.asked !== null) {
    const { messages, assignments, lanes, asked } = watch;
    const target = newTarget(
      w,
      watch.groupId,
      lanes.offsetsPartition,
      asked === 'nothing' ? null : asked,
      messages.names,
    );
    if (target !== null) assignments.found.push(target);
    watch.asked = null;
  }
  lookAtLanes(w, watch.lanes, watch.heard);
  if (watch.lanes.cut) hearStuck(w, watch.messages);
}

type Seen = Pick<
  LabRun,
  | 'fromUs'
  | 'triggerUs'
  | 'untilUs'
  | 'partitions'
  | 'members'
  | 'coordinator'
  | 'steps'
  | 'assignments'
  | 'figures'
  | 'told'
  | 'hash'
>;

/** The run is over: everything that was seen. */
export function endWatch(w: World, watch: Watch): Seen {
  const untilUs = w.nowUs;
  const { fromUs, triggerUs, groupId, lanes } = watch;
  hearTheRest(w, watch.messages);
  const seen = {
    fromUs,
    triggerUs,
    untilUs,
    partitions: partitionSpans(w, lanes, untilUs),
    members: memberSpans(w, lanes, untilUs),
    coordinator: coordinatorSpans(lanes, untilUs),
    steps: stepsOf(w, watch.messages),
  };
  const before = watch.before ?? beforeTrigger(w, groupId);
  return {
    ...seen,
    assignments: watch.assignments.found,
    figures: figuresOf(w, groupId, before, seen),
    told: toldOf(w, watch),
    hash: historyHash(w),
  };
}

/** What the event list says of the group, its members and of what was done to them. */
function toldOf(w: World, watch: Watch): LabRun['told'] {
  const things = new Set([
    `group:${watch.groupId}`,
    ...watch.lanes.consumers.map((ref) => `consumer:${w.consumers[ref]?.id}`),
  ]);
  const told: { atUs: number; words: LabRun['trigger'] }[] = [];
  for (let i = watch.firstLine; i < vectorLength(w.lines); i++) {
    const { atUs, phrase, about, lane } = vectorGet(w.lines, i);
    if (lane === 'faults' || about.some((thing) => things.has(thing)))
      told.push({ atUs, words: { title: phrase, what: null } });
  }
  return told;
}
