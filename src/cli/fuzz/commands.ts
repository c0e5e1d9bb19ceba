/** The next fault, drawn by what there is to break or to repair just now; and what heals everything. */
import { nextInt, type RandomStream } from '../../base/random.ts';
import type { NodeState, World } from '../../engine/kernel/world.ts';
import type { Command } from '../../protocol/verbs/index.ts';
import { between, pick } from './cluster.ts';

function servers(w: World): NodeState[] {
  return w.nodes.filter((n) => n.kind === 'broker' || n.kind === 'controller');
}

/** Servers, and sometimes clients. */
function ends(w: World, draws: RandomStream): [(number | string)[], (number | string)[]] {
  const all = w.nodes.filter((n) => n.kind !== 'admin');
  const pool = nextInt(draws, 4) === 0 ? all : servers(w);
  const left: (number | string)[] = [];
  const right: (number | string)[] = [];
  const alone = pick(draws, pool);
  const two = nextInt(draws, 3) === 0;
  for (const n of pool) {
    const id = n.nodeId >= 0 ? n.nodeId : n.id;
    if (n === alone) left.push(id);
    else if (!two || right.length === 0) right.push(id);
  }
  return [left, right];
}

type Maker = (w: World, draws: RandomStream) => Command | null;

function onNode(state: NodeState['process'][], make: (broker: number) => Command): Maker {
  return (w, draws) => {
    const fit = servers(w).filter((n) => state.includes(n.process) && (n.kind === 'broker' || nextInt(draws, 3) === 0));
    return fit.length === 0 ? null : make(pick(draws, fit).nodeId);
  };
}

const kill = onNode(['up', 'paused'], (broker) => ({ do: 'broker.kill', broker }));
const start = onNode(['down', 'power-off'], (broker) => ({ do: 'broker.start', broker }));
const stop = onNode(['up'], (broker) => ({ do: 'broker.stop', broker }));
const pause = onNode(['up'], (broker) => ({ do: 'broker.pause', broker }));
const resume = onNode(['paused'], (broker) => ({ do: 'broker.resume', broker }));
const powerLoss = onNode(['up', 'paused', 'down'], (broker) => ({ do: 'host.powerLoss', broker }));

const cut: Maker = (w, draws) => ({ do: 'network.cut', between: ends(w, draws), oneWay: nextInt(draws, 3) === 0 });
const heal: Maker = (w, draws) =>
  w.links.some((l) => l.cut)
    ? { do: 'network.heal', between: nextInt(draws, 3) === 0 ? ends(w, draws) : null, oneWay: false }
    : null;
const slow: Maker = (w, draws) => ({
  do: 'network.set',
  between: ends(w, draws),
  oneWay: nextInt(draws, 2) === 0,
  latencyMs: pick(draws, [10, 50, 200, 700]),
  jitterMs: pick(draws, [0, 5, 50]),
  lossPercent: pick(draws, [0, 0, 5, 30]),
  bandwidthMbps: null,
});
const normal: Maker = (w, draws) => ({ ...NORMAL, between: ends(w, draws) });

const NORMAL = {
  do: 'network.set',
  oneWay: false,
  latencyMs: 1,
  jitterMs: 0,
  lossPercent: 0,
  bandwidthMbps: null,
} as const;

const topicConfig: Maker = (w, draws) => {
  const topic = pick(draws, w.scenario.topics);
  const entity = topic.name;
  if (nextInt(draws, 3) === 0)
    return {
      do: 'config.set',
      scope: 'topic',
      entity,
      key: 'unclean.leader.election.enable',
      value: pick(draws, ['true', 'false']),
    };
  return {
    do: 'config.set',
    scope: 'topic',
    entity,
    key: 'min.insync.replicas',
    value: pick(draws, ['1', '2', '2', '3']),
  };
};
const elect: Maker = (w, draws) => ({
  do: 'leader.elect',
  partition: pick(
    draws,
    w.partitions.filter((p) => !p.topic.startsWith('__')),
  ).name,
  unclean: nextInt(draws, 4) === 0,
});

function members(w: World): { id: string; process: NodeState['process']; paused: boolean }[] {
  return w.consumers
    .filter((c) => c.membership !== null && !c.membership.standalone)
    .map((c) => ({
      id: c.id,
      process: (w.nodes[c.node] as NodeState).process,
      paused: c.pausedUntilUs > w.nowUs,
    }));
}

/** Something happens to a member of a group: it goes, comes, dies, or stands still. */
const member: Maker = (w, draws) => {
  const { id: consumer, process, paused } = pick(draws, members(w));
  if (process !== 'up') return { do: 'consumer.join', consumer };
  if (paused && nextInt(draws, 2) === 0) return { do: 'consumer.resume', consumer };
  switch (nextInt(draws, 6)) {
    case 4:
    case 5: {
      // Its session ends at a coordinator that does not hear it, while it reads on from others.
      const broker = pick(draws, w.brokers).id;
      const isCut = w.links.some((l) => l.cut && l.from === (w.nodeById.get(consumer) as number));
      return isCut
        ? { do: 'network.heal', between: [[consumer], w.brokers.map((b) => b.id)], oneWay: false }
        : { do: 'network.cut', between: [[consumer], [broker]], oneWay: false };
    }
    case 0:
      return { do: 'consumer.leave', consumer };
    case 1:
      return { do: 'consumer.crash', consumer };
    default:
      return { do: 'consumer.pause', consumer, ms: pick(draws, [300, 2000, 5000, 9000]) };
  }
};

const MAKERS: readonly (readonly [weight: number, make: Maker])[] = [
  [14, kill],
  [16, start],
  [6, stop],
  [9, pause],
  [10, resume],
  [5, powerLoss],
  [10, cut],
  [10, heal],
  [7, slow],
  [4, normal],
  [2, topicConfig],
  [5, elect],
];

/** A command that can do something now. */
export function nextCommand(w: World, draws: RandomStream): Command {
  // A cluster without a group draws as it always did.
  if (members(w).length > 0 && nextInt(draws, 3) === 0) return member(w, draws) as Command;
  let total = 0;
  for (const [weight] of MAKERS) total += weight;
  for (;;) {
    // Most of a cluster should stand most of the time, or nothing happens any more.
    const standing = servers(w).filter((n) => n.process === 'up').length;
    if (standing * 2 < servers(w).length) {
      const repair = start(w, draws) ?? resume(w, draws);
      if (repair !== null && nextInt(draws, 3) > 0) return repair;
    }
    let at = nextInt(draws, total);
    const found = MAKERS.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    const command = found?.[1](w, draws) ?? null;
    if (command !== null) return command;
  }
}

/** When the next one comes, in events from now. */
export function nextGap(draws: RandomStream): number {
  return nextInt(draws, 4) === 0 ? between(draws, 5, 60) : between(draws, 200, 1500);
}

/** Everything works again, and no new record comes. */
export function healingCommands(w: World): Command[] {
  const ids = w.nodes.filter((n) => n.kind !== 'admin').map((n) => (n.nodeId >= 0 ? n.nodeId : n.id));
  return [
    { do: 'network.heal', between: null, oneWay: false },
    ...ids.slice(1).map((id, i): Command => ({ ...NORMAL, between: [[id], ids.slice(0, i + 1)] })),
    ...startAgain(w),
    ...members(w)
      .filter((m) => m.paused)
      .map((m): Command => ({ do: 'consumer.resume', consumer: m.id })),
    ...w.producers.map((p): Command => ({ do: 'producer.stop', producer: p.id })),
  ];
}

export function startAgain(w: World): Command[] {
  const out: Command[] = [];
  for (const n of servers(w)) {
    if (n.process === 'paused') out.push({ do: 'broker.resume', broker: n.nodeId });
    else if (n.process !== 'up') out.push({ do: 'broker.start', broker: n.nodeId });
  }
  return out;
}
