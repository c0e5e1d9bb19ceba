/** What happens to the groups of `fuzz --groups`: to their members, their topics, and the brokers that coordinate them. */
import { nextInt, type RandomStream } from '../../base/random.ts';
import type { ConsumerState } from '../../engine/client/consumer-state.ts';
import { OFFSETS_TOPIC } from '../../engine/coordinator/shards.ts';
import type { NodeState, World } from '../../engine/kernel/world.ts';
import type { Command } from '../../protocol/verbs/index.ts';
import { between, pick } from './cluster.ts';

type Maker = (w: World, draws: RandomStream) => Command | null;

const MOST_PARTITIONS = 8;
const MOST_TOPICS = 7;

const processOf = (w: World, node: number): NodeState['process'] => (w.nodes[node] as NodeState).process;
const members = (w: World): ConsumerState[] => w.consumers.filter((c) => c.membership !== null || c.share);

function member(
  fits: (w: World, c: ConsumerState) => boolean,
  make: (c: ConsumerState, draws: RandomStream, w: World) => Command,
): Maker {
  return (w, draws) => {
    const fit = members(w).filter((c) => fits(w, c));
    return fit.length === 0 ? null : make(pick(draws, fit), draws, w);
  };
}

const isUp = (w: World, c: ConsumerState): boolean => processOf(w, c.node) === 'up';
const isDown = (w: World, c: ConsumerState): boolean => processOf(w, c.node) === 'down';

const join = member(isDown, ({ id }) => ({ do: 'consumer.join', consumer: id }));
const leave = member(isUp, ({ id }) => ({ do: 'consumer.leave', consumer: id }));
const crash = member(isUp, ({ id }) => ({ do: 'consumer.crash', consumer: id }));
const pause = member(isUp, ({ id }, draws) => ({
  do: 'consumer.pause',
  consumer: id,
  ms: pick(draws, [300, 2000, 5000, 9000, 25000]),
}));
const resume = member(
  (w, c) => isUp(w, c) && c.pausedUntilUs > w.nowUs,
  ({ id }) => ({ do: 'consumer.resume', consumer: id }),
);
const commit = member(
  (w, c) => isUp(w, c) && !c.share,
  ({ id }) => ({ do: 'consumer.commit', consumer: id }),
);
const cutOff = member(isUp, ({ id }, draws, w) => ({
  do: 'network.cut',
  between: [[id], nextInt(draws, 2) === 0 ? [pick(draws, w.brokers).id] : w.brokers.map((b) => b.id)],
  oneWay: nextInt(draws, 3) === 0,
}));
const subscribe = member(
  (w, c) => isUp(w, c) && !c.share,
  (c, draws, w) => {
    const isPattern = c.source.kind === 'pattern';
    const names = [...w.controller.image.topics.keys()].filter((name) => !name.startsWith('__'));
    const some = names.filter(() => nextInt(draws, 2) === 0);
    return {
      do: 'consumer.subscribe',
      consumer: c.id,
      topics: isPattern ? null : some.length > 0 ? some : ['t0'],
      // One that matches nothing makes Kafka's sticky assignors go round for ever (sticky/members.ts).
      pattern: isPattern ? pick(draws, ['t.*', 't[01]', '.*', 't0|n.*']) : null,
    };
  },
);

const heal: Maker = (w) => (w.links.some((l) => l.cut) ? { do: 'network.heal', between: null, oneWay: false } : null);

const grow: Maker = (w, draws) => {
  const fit = [...w.controller.image.topics.values()].filter(
    (t) => !t.name.startsWith('__') && t.partitions.length < MOST_PARTITIONS,
  );
  if (fit.length === 0) return null;
  const { name, partitions } = pick(draws, fit);
  return { do: 'topic.addPartitions', topic: name, total: between(draws, partitions.length + 1, MOST_PARTITIONS) };
};

const create: Maker = (w, draws) => {
  const there = [...w.controller.image.topics.keys()];
  const free = ['t5', 't6', 'n0'].filter((name) => !there.includes(name));
  if (there.length > MOST_TOPICS || free.length === 0) return null;
  const partitions = between(draws, 1, 3);
  return {
    do: 'topic.create',
    name: pick(draws, free),
    partitions,
    replicationFactor: 3,
    assignment: null,
    config: [['min.insync.replicas', '1']],
  };
};

const remove: Maker = (w, draws) => {
  const made = [...w.controller.image.topics.keys()].filter((name) => ['t5', 't6', 'n0'].includes(name));
  return made.length === 0 ? null : { do: 'topic.delete', topic: pick(draws, made) };
};

/** The leader of a partition of __consumer_offsets most of the time. */
function coordinator(w: World, draws: RandomStream): number {
  const led = w.controller.image.topics.get(OFFSETS_TOPIC)?.partitions ?? [];
  const leaders = led.flatMap((p) => w.controller.image.partitions[p]?.leader ?? []).filter((leader) => leader >= 0);
  return leaders.length > 0 && nextInt(draws, 4) > 0 ? pick(draws, leaders) : pick(draws, w.brokers).id;
}

function onBroker(make: (broker: number) => Command): Maker {
  return (w, draws) => {
    // One at a time: with two of three gone nothing goes on.
    if (w.brokers.some((b) => processOf(w, b.node) !== 'up')) return null;
    return make(coordinator(w, draws));
  };
}

const kill = onBroker((broker) => ({ do: 'broker.kill', broker }));
const stop = onBroker((broker) => ({ do: 'broker.stop', broker }));
const pauseBroker = onBroker((broker) => ({ do: 'broker.pause', broker }));
const repair: Maker = (w) => {
  const broken = w.brokers.find((b) => ['down', 'paused'].includes(processOf(w, b.node)));
  if (broken === undefined) return null;
  return { do: processOf(w, broken.node) === 'paused' ? 'broker.resume' : 'broker.start', broker: broken.id };
};
const elect: Maker = (w, draws) => {
  const led = w.controller.image.topics.get(OFFSETS_TOPIC)?.partitions ?? [];
  if (led.length === 0) return null;
  return { do: 'leader.elect', partition: w.partitions[pick(draws, led)]?.name ?? '', unclean: false };
};

const MAKERS: readonly (readonly [weight: number, make: Maker])[] = [
  [22, join],
  [9, leave],
  [8, crash],
  [9, pause],
  [6, resume],
  [4, commit],
  [5, cutOff],
  [9, heal],
  [6, subscribe],
  [4, grow],
  [3, create],
  [2, remove],
  [3, kill],
  [3, stop],
  [3, pauseBroker],
  [12, repair],
  [4, elect],
];

/** A command that can do something now. */
export function nextGroupCommand(w: World, draws: RandomStream): Command {
  let total = 0;
  for (const [weight] of MAKERS) total += weight;
  for (;;) {
    let at = nextInt(draws, total);
    const found = MAKERS.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    const command = found?.[1](w, draws) ?? null;
    if (command !== null) return command;
  }
}

/** Groups need seconds between two things: heartbeats, sessions, rebalances. */
export function nextGroupGapUs(draws: RandomStream): number {
  return pick(draws, [between(draws, 1, 200), between(draws, 200, 2000), between(draws, 2000, 8000)]) * 1000;
}
