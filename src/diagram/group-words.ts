/** A group and its members in words, and what a cell of a group says. Pure. */
import type { Frame, GroupMemberView, GroupPartitionView, GroupView, RingView } from '../protocol/frame.ts';
import { type Language, text } from '../text/index.ts';
import type { RingProps } from './derive.ts';
import { textWidth } from './measure.ts';
import { ringLeft } from './parts/ring.tsx';

export type Tone = 'ink' | 'mute' | 'warn' | 'lost';
export interface Words {
  readonly text: string;
  readonly short?: string;
  readonly tone: Tone;
}

/** More than so many records behind is a risk: retention or a slow member will hurt. */
export const LAG_RISK = 50;

const KNOWN = ['Stable', 'PreparingRebalance', 'CompletingRebalance', 'Empty', 'Dead', 'Assigning', 'Reconciling'];

export function groupState(g: GroupView, language: Language): Words {
  if (g.state !== '' && g.coordinator < 0) return { text: text(language, 'stage.group.noCoordinator'), tone: 'warn' };
  const state = text(language, `stage.group.state.${KNOWN.includes(g.state) ? g.state : 'unknown'}`);
  const calm = g.state === 'Stable' || g.state === '';
  if (g.generation <= 0) return { text: state, tone: 'mute' };
  return {
    text: text(language, g.protocol === 'classic' ? 'stage.group.gen' : 'stage.group.epoch', {
      state,
      generation: g.generation,
    }),
    short: state,
    tone: calm ? 'mute' : 'ink',
  };
}

export function coordinatorWords(g: GroupView, language: Language): { short: string; long: string; tone: Tone } {
  const params = { id: g.coordinator, partition: g.coordinatorPartition };
  if (g.coordinator < 0)
    return {
      short: text(language, 'stage.group.noCoordinator'),
      long: text(language, 'stage.group.coordinator.none', params),
      tone: g.state === '' ? 'mute' : 'warn',
    };
  return {
    short: text(language, 'stage.group.coordinator', params),
    long: text(language, 'stage.group.coordinator.long', params),
    tone: 'mute',
  };
}

/**
 * Records that the owner has not handed out yet: what the ledger calls behind. Kafka's tools count from what is committed
 * instead (`lag`), which grows between two commits although everything is read.
 */
export const unreadOf = (p: GroupPartitionView): number =>
  p.owner !== null && p.position >= 0 ? Math.max(0, p.hw - p.position) : p.lag;

export const behindOf = (g: GroupView): number => g.partitions.reduce((sum, p) => sum + unreadOf(p), 0);

/** Partitions as their numbers where all are of one topic, else by name. */
export function partitionList(names: readonly string[], topics: number): string {
  if (topics > 1) return names.join(', ');
  return names.map((name) => name.slice(name.lastIndexOf('-') + 1)).join(', ');
}

/** What a member does, as it is itself and as the coordinator sees it; `room` in pixels. */
export function memberWords(
  m: GroupMemberView,
  topics: number,
  language: Language,
  room: number,
  size: number,
  /** Partitions that it shall have and others still hold. */
  waiting = 0,
): Words {
  const say = (key: string, params = {}): string => text(language, key, params);
  if (m.process === 'down' || m.process === 'power-off') return { text: say('stage.member.down'), tone: 'lost' };
  if (m.process === 'paused') return { text: say('stage.member.paused'), tone: 'warn' };
  if (['left', 'unsubscribed'].includes(m.state)) return { text: say('stage.member.left'), tone: 'mute' };
  if (['stale', 'fenced', 'fatal', 'leaving', 'prepare-leaving'].includes(m.state))
    return { text: say(`stage.member.${m.state}`), tone: m.state === 'fatal' ? 'lost' : 'warn' };
  if (m.state === 'unjoined' || m.state === 'joining') return { text: say('stage.member.joining'), tone: 'ink' };
  if (m.lastHeartbeatUs === null) return { text: say('stage.member.out'), tone: 'lost' };
  if (m.state === 'preparing' || m.state === 'completing') {
    // Under the cooperative protocol it goes on reading meanwhile.
    const word = m.state === 'preparing' ? 'rejoining' : 'waiting';
    return { text: say(`stage.member.${word}${m.owned.length > 0 ? '.reads' : ''}`), tone: 'ink' };
  }
  if (m.state === 'reconciling' || m.state === 'acknowledging')
    return { text: say('stage.member.reconciling'), tone: 'ink' };
  if (m.owned.length === 0 && waiting > 0) return { text: say('stage.member.waits', { n: waiting }), tone: 'ink' };
  if (m.owned.length === 0) return { text: say('stage.member.idle'), tone: 'mute' };
  const list = say('stage.member.reads', { list: partitionList(m.owned, topics) });
  if (textWidth(list, size) <= room) return { text: list, tone: 'mute' };
  const many = say('stage.member.many', { n: m.owned.length });
  if (textWidth(many, size) <= room) return { text: many, tone: 'mute' };
  return { text: say('stage.member.holds', { n: m.owned.length }), tone: 'mute' };
}

/** The time that the coordinator still gives a member; null while it does not know it. */
export function memberRing(m: GroupMemberView, atUs: number, language: Language): RingProps | null {
  if (m.lastHeartbeatUs === null || m.sessionEndsUs === null || m.sessionEndsUs <= m.lastHeartbeatUs) return null;
  const left = ringLeft(m.lastHeartbeatUs, m.sessionEndsUs, atUs);
  const of = m.sessionEndsUs - m.lastHeartbeatUs;
  return {
    left,
    risk: left < 0.34,
    title: text(language, 'stage.member.session', { id: m.consumer, left: Math.round(left * of), of }),
  };
}

const DEFAULT_POLL_US = 300_000_000;

/** max.poll.interval.ms, from the moment at which less than half of it is left. */
export function pollRing(
  m: GroupMemberView,
  rings: readonly RingView[] | undefined,
  atUs: number,
  language: Language,
): RingProps | null {
  const found = rings?.find((r) => r.kind === 'poll-interval');
  const endUs = found?.endUs ?? m.pollEndsUs;
  if (endUs === null || endUs === undefined || endUs < atUs) return null;
  const startUs = found?.startUs ?? endUs - DEFAULT_POLL_US;
  const left = ringLeft(startUs, endUs, atUs);
  if (left > 0.5) return null;
  return {
    left,
    risk: true,
    title: text(language, 'stage.member.poll', { id: m.consumer, left: Math.round(left * (endUs - startUs)) }),
  };
}

/** Neighbouring columns that one member holds: where a column is a stripe, the member's name stands once over them. */
export interface Run {
  readonly from: number;
  /** The last column of the run. */
  readonly to: number;
  readonly owner: string | null;
  readonly lag: number;
  /** Columns of the run that are far behind. */
  readonly behind: readonly number[];
  readonly partitions: readonly string[];
}

export function ownerRuns(g: GroupView, columns: readonly string[]): Run[] {
  const by = new Map(g.partitions.map((p) => [p.partition, p]));
  const out: Run[] = [];
  let last: {
    from: number;
    to: number;
    owner: string | null;
    lag: number;
    behind: number[];
    partitions: string[];
  } | null = null;
  columns.forEach((name, column) => {
    const p = by.get(name);
    if (p === undefined) {
      last = null;
      return;
    }
    if (last === null || last.owner !== p.owner || last.to !== column - 1) {
      last = { from: column, to: column, owner: p.owner, lag: 0, behind: [], partitions: [] };
      out.push(last);
    }
    last.to = column;
    last.lag += unreadOf(p);
    last.partitions.push(name);
    if (isBehind(p)) last.behind.push(column);
  });
  return out;
}

export const isBehind = (p: GroupPartitionView): boolean => unreadOf(p) > LAG_RISK || (p.owner === null && p.lag > 0);

/** Whose consumers are members: they are drawn in their group, not as readers of their own. */
export function memberThings(frame: Frame): Map<string, { readonly group: number; readonly member: number }> {
  const out = new Map<string, { group: number; member: number }>();
  frame.groups.forEach((g, group) => {
    g.members.forEach((m, member) => {
      const thing = `consumer:${m.consumer}`;
      if (!out.has(thing)) out.set(thing, { group, member });
    });
  });
  return out;
}
