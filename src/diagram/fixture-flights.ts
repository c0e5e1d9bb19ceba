/** The requests in the air of a made-up frame. */
import type { ConsumerView, FlightView, GroupView, PartitionView, ProducerView } from '../protocol/frame.ts';
import type { FixtureWorld } from './fixture.ts';

const FLIGHT_US = 9_000;

export const mix = (a: number, b: number): number => (Math.imul(a + 1, 7919) ^ Math.imul(b + 3, 104_729)) >>> 3;
export const keyOf = (partition: number, offset: number): number => mix(partition, offset) % 7;

export function fixtureFlights(
  w: FixtureWorld,
  parts: readonly PartitionView[],
  producers: readonly ProducerView[],
  consumers: readonly ConsumerView[],
  extra: number,
  groups: readonly GroupView[] = [],
): FlightView[] {
  const out: FlightView[] = [];
  const dead = (thing: string): boolean => w.broken !== 0 && thing === `broker:${w.broken}`;
  let id = 1;
  const add = (
    from: string,
    to: string,
    api: string,
    response: boolean,
    name: string,
    keys: number[],
    periodUs: number,
    offsetUs: number,
    slow = 1,
    error: string | null = null,
  ): void => {
    const flight = FLIGHT_US * slow;
    const sent = Math.floor((w.atUs - offsetUs) / periodUs) * periodUs + offsetUs;
    const stuck = dead(to);
    if (!stuck && (sent < 0 || w.atUs > sent + flight)) return;
    if (dead(from)) return;
    const weight = keys.length > 0 ? 'data' : api.endsWith('Heartbeat') ? 'quiet' : 'change';
    out.push({
      id: id++,
      from,
      to,
      api,
      response,
      correlationId: id,
      sentUs: sent,
      arriveUs: sent + flight,
      partitions: name === '' ? [] : [name],
      keys,
      records: keys.length,
      bytes: 80 + keys.length * 92,
      error,
      weight,
      stuck,
    });
  };
  for (const p of parts) {
    const leader = `broker:${p.leader === -1 ? p.lastLeader : p.leader}`;
    const n = 1 + (p.index % 6);
    const keys = Array.from({ length: n }, (_, k) => keyOf(p.index, p.leo + k));
    const writer = producers[p.index % Math.max(1, producers.length)];
    if (writer !== undefined) {
      add(`producer:${writer.id}`, leader, 'Produce', false, p.name, keys, 22_000, p.index * 3_100, 1.2);
      add(
        leader,
        `producer:${writer.id}`,
        'Produce',
        true,
        p.name,
        [],
        22_000,
        p.index * 3_100 + 11_000,
        1.2,
        p.index === 1 ? 'NOT_LEADER_OR_FOLLOWER' : null,
      );
    }
    for (const r of p.replicas) {
      if (`broker:${r.broker}` === leader) continue;
      add(`broker:${r.broker}`, leader, 'Fetch', false, p.name, [], 26_000, p.index * 2_000 + r.broker * 4_000, 1);
      add(
        leader,
        `broker:${r.broker}`,
        'Fetch',
        true,
        p.name,
        keys.slice(0, 3),
        26_000,
        p.index * 2_000 + r.broker * 4_000 + 9_500,
        1.4,
      );
    }
    for (const c of consumers) {
      add(`consumer:${c.id}`, leader, 'Fetch', false, p.name, [], 40_000, p.index * 2_700, 1);
      add(leader, `consumer:${c.id}`, 'Fetch', true, p.name, keys.slice(0, 4), 40_000, p.index * 2_700 + 10_000, 1.4);
    }
  }
  for (const g of groups) {
    const coordinator = `broker:${g.coordinator}`;
    g.members.forEach((m, k) => {
      const thing = `consumer:${m.consumer}`;
      const phase = k * 4_300;
      if (g.coordinator < 0) return;
      const api = g.state === 'PreparingRebalance' ? 'JoinGroup' : g.state === 'CompletingRebalance' ? 'SyncGroup' : '';
      if (api !== '') add(thing, coordinator, api, false, '', [], 26_000, phase, 1.2);
      if (api !== '' && k === 1)
        add(coordinator, thing, api, true, '', [], 26_000, phase + 11_000, 1.2, 'MEMBER_ID_REQUIRED');
      else add(thing, coordinator, 'Heartbeat', false, '', [], 60_000, phase, 1);
      if (k === 0 && api === '')
        add(thing, coordinator, 'OffsetCommit', false, m.owned[0] ?? '', [], 34_000, phase, 1.2);
      for (const name of m.owned) {
        const p = parts.find((x) => x.name === name) as PartitionView;
        const leader = `broker:${p.leader}`;
        add(thing, leader, 'Fetch', false, name, [], 40_000, p.index * 3_700, 1);
        const keys = Array.from({ length: 3 }, (_, i) => keyOf(p.index, p.hw + i));
        add(leader, thing, 'Fetch', true, name, keys, 40_000, p.index * 3_700 + 10_000, 1.4);
      }
    });
  }
  for (let b = 1; b <= w.brokers; b++)
    add(`broker:${b}`, 'controller:101', 'BrokerHeartbeat', false, '', [], 2_000_000, b * 1000);
  for (let k = 0; k < extra; k++) {
    const p = parts[k % parts.length] as PartitionView;
    const sent = w.atUs - ((k * 977) % FLIGHT_US);
    out.push({
      id: id++,
      from: `producer:${producers[0]?.id ?? ''}`,
      to: `broker:${p.leader}`,
      api: 'Produce',
      response: false,
      correlationId: id,
      sentUs: sent,
      arriveUs: sent + FLIGHT_US,
      partitions: [p.name],
      keys: [k % 7, (k + 1) % 7],
      records: 2,
      bytes: 264,
      error: null,
      weight: 'data',
      stuck: false,
    });
  }
  return out;
}
