/** The groups of a frame as rows of cells, runs over stripes, and members. */
import { type ReactElement, useMemo } from 'react';
import type { GroupPartitionView, GroupView } from '../protocol/frame.ts';
import { type Language, text } from '../text/index.ts';
import { ringProps, ringsByThing, soonest } from './derive.ts';
import { type GroupTable, groupTables } from './group-tables.ts';
import {
  behindOf,
  coordinatorWords,
  groupState,
  memberRing,
  memberWords,
  ownerRuns,
  pollRing,
  unreadOf,
} from './group-words.ts';
import { useLateParts } from './late.ts';
import type { Rect } from './layout.ts';
import { GroupCell } from './parts/group-cell.tsx';
import { GroupHead, MemberChip, MembersHead, RING_ROOM } from './parts/group-head.tsx';
import { OwnerRun } from './parts/owner-run.tsx';
import type { Window } from './parts/slide.tsx';
import { markOf } from './parts/thing.tsx';
import type { SceneProps } from './scene.tsx';

const PARKED_STEP_US = 20_000;

/** The cells of all groups under one column. */
export function GroupCells(props: {
  readonly p: SceneProps;
  readonly tables: readonly GroupTable[];
  readonly column: number;
  readonly partition: string;
  readonly window: Window;
  readonly run: string;
}): ReactElement {
  const { p, column, partition } = props;
  const { frame, layout, language, marks } = p;
  const late = useLateParts(frame.groups.some((g) => g.protocol === 'share'));
  return (
    <>
      {props.tables.map(({ group, partitions, members, hue: first }, index) => {
        const cell = partitions.get(partition);
        if (cell === undefined) return null;
        const place = cell.owner === null ? -1 : (members.get(cell.owner) ?? -1);
        const member = group.members[place];
        const next = cell.next === undefined ? -1 : (members.get(cell.next) ?? -1);
        const thing = cell.owner === null ? `group:${group.id}` : `consumer:${cell.owner}`;
        const parked = cell.parkedUntilUs === null ? -1 : cell.parkedUntilUs - frame.atUs;
        return (
          <GroupCell
            // A cell fills and empties within one run of time; after a jump it simply is as it is.
            key={`${group.id}/${props.run}`}
            layout={layout}
            column={column}
            index={index}
            group={group.id}
            partition={partition}
            owner={cell.owner}
            hue={place < 0 ? -1 : first + place}
            readers={sharedBy(cell, members, first)}
            late={cell.share === undefined ? null : late}
            next={cell.next ?? null}
            nextHue={next < 0 ? -1 : first + next}
            position={cell.position}
            committed={cell.committed}
            hw={cell.hw}
            lag={cell.lag}
            unread={unreadOf(cell)}
            parkedUs={parked <= 0 ? null : Math.ceil(parked / PARKED_STEP_US) * PARKED_STEP_US}
            window={props.window}
            down={member !== undefined && member.process !== 'up' && member.process !== 'paused'}
            language={language}
            words={p.words}
            mark={markOf(marks, thing)}
            selected={marks.selection === thing}
          />
        );
      })}
    </>
  );
}

/** Where a column is a stripe: runs of neighbours with one owner. */
export function GroupRuns({ p }: { readonly p: SceneProps }): ReactElement {
  const { frame, layout, language, marks } = p;
  const columns = frame.partitions.map((x) => x.name);
  return (
    <>
      {groupTables(frame).map(({ group, members, hue }, index) =>
        ownerRuns(group, columns).map((run) => {
          const thing = run.owner === null ? `group:${group.id}` : `consumer:${run.owner}`;
          return (
            <OwnerRun
              key={`${group.id}/${run.from}`}
              layout={layout}
              index={index}
              group={group.id}
              from={run.from}
              to={run.to}
              owner={run.owner}
              hue={run.owner === null ? -1 : hue + (members.get(run.owner) ?? -1 - hue)}
              lag={run.lag}
              behind={run.behind}
              partitions={
                run.from === run.to ? (run.partitions[0] ?? '') : `${run.partitions[0]} – ${run.partitions.at(-1)}`
              }
              language={language}
              mark={markOf(marks, thing)}
              selected={marks.selection === thing}
            />
          );
        }),
      )}
    </>
  );
}

/** The members of all groups, each with its ring. */
export function Members({ p }: { readonly p: SceneProps }): ReactElement {
  const { frame, layout, language, marks } = p;
  const rings = ringsByThing(frame);
  const size = layout.text;
  return (
    <>
      {groupTables(frame).map(({ group, hue }, groupIndex) =>
        group.members.map((m, index) => {
          const thing = `consumer:${m.consumer}`;
          const rect = layout.members[groupIndex]?.[index] as Rect | undefined;
          if (rect === undefined) return null;
          const flat = rect.height < 40;
          const waiting = group.partitions.filter((p) => p.next === m.consumer).length;
          const room = rect.width - (flat ? RING_ROOM.flat + 6 + m.consumer.length * size * 0.7 : RING_ROOM.high) - 6;
          const words = memberWords(m, group.topics.length, language, room, size, waiting);
          const full = memberWords(m, group.topics.length, language, Number.POSITIVE_INFINITY, size, waiting);
          return (
            <MemberChip
              key={`${group.id}/${m.consumer}`}
              layout={layout}
              group={group.id}
              groupIndex={groupIndex}
              index={index}
              hue={hue + index}
              id={m.consumer}
              words={words.text}
              full={full.text}
              tone={words.tone}
              out={
                (m.process !== 'up' && m.process !== 'paused') || (m.lastHeartbeatUs === null && m.state !== 'unjoined')
              }
              idle={m.owned.length === 0}
              language={language}
              mark={markOf(marks, thing)}
              selected={marks.selection === thing}
              ring={memberRing(m, frame.atUs, language)}
              poll={pollRing(m, rings.get(thing), frame.atUs, language)}
            />
          );
        }),
      )}
    </>
  );
}

/** A share group's partition is read by several: "name hue" for each, one a line; '' where it is not shared. A string, so that it is compared at once. */
function sharedBy(cell: GroupPartitionView, members: ReadonlyMap<string, number>, first: number): string {
  const readers = cell.share?.members ?? [];
  return readers.length < 2 ? '' : readers.map((id) => `${id}\t${first + (members.get(id) ?? 0)}`).join('\n');
}

const brokerShort = (g: GroupView, language: Language): string =>
  g.coordinator < 0 ? '–' : text(language, 'stage.broker.short', { id: g.coordinator });

/** The coordinators of several groups, in the order of their rows. */
const coordinatorsOf = (groups: readonly GroupView[], language: Language): string =>
  groups.map((g) => brokerShort(g, language)).join(' ');

/** At the left edge: the groups' names and states, and whose the members are. */
export function GroupHeads({ p }: { readonly p: SceneProps }): ReactElement {
  const { frame, layout, language, marks } = p;
  const rings = useMemo(() => ringsByThing(frame), [frame]);
  return (
    <>
      {frame.groups.map((g, index) => {
        const thing = `group:${g.id}`;
        const state = groupState(g, language);
        const coordinator = coordinatorWords(g, language);
        const ring =
          soonest(rings.get(thing), ['rebalance', 'initial-delay']) ??
          (g.rebalanceEndsUs === null
            ? null
            : { kind: 'rebalance' as const, about: thing, startUs: g.sinceUs, endUs: g.rebalanceEndsUs });
        return (
          <GroupHead
            key={g.id}
            layout={layout}
            index={index}
            id={g.id}
            label={text(language, 'stage.group.aria', {
              id: g.id,
              state: state.text,
              coordinator: coordinator.short,
              members: g.members.length,
              n: behindOf(g),
            })}
            reads={text(language, 'stage.group.reads', { topics: g.topics.join(', ') })}
            state={state.text}
            short={state.short ?? state.text}
            tone={state.tone}
            language={language}
            mark={markOf(marks, thing)}
            selected={marks.selection === thing}
            ring={ringProps(ring, 'stage.group.rebalance', frame.atUs, language)}
          />
        );
      })}
      {frame.groups.map((g, index) => {
        const coordinator = coordinatorWords(g, language);
        // Where the members of all groups stand in one row, the groups' own rows tell them apart by colour.
        const shared = layout.members.length > 1 && layout.members[1]?.[0]?.y === layout.members[0]?.[0]?.y;
        if (shared && index > 0) return null;
        return (
          <MembersHead
            key={g.id}
            layout={layout}
            index={index}
            name={frame.groups.length > 1 && !shared ? g.id : text(language, 'stage.group.members')}
            coordinator={shared ? coordinatorsOf(frame.groups, language) : coordinator.short}
            short={shared ? coordinatorsOf(frame.groups, language) : brokerShort(g, language)}
            title={coordinator.long}
            tone={coordinator.tone}
          />
        );
      })}
    </>
  );
}
