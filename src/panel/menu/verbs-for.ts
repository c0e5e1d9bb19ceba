/** Which verbs can be done to a thing now, from the verbs' own specs; the menu and the keyboard share it. */
import type { StepCommand } from '../../protocol/engine-client.ts';
import type { Frame, ProcessState, ThingId } from '../../protocol/frame.ts';
import { VERBS, type VerbSpec } from '../../protocol/verbs/index.ts';
import type { AppStore } from '../../store/app-store.ts';
import { nodeRef, parseThing } from '../../store/thing.ts';

export interface VerbOption {
  readonly spec: VerbSpec;
  /** Whether it makes sense in the thing's present state; what does not stays in the list, greyed, in its place. */
  readonly possible: boolean;
}

/** Letters that move time: a verb with one of these is done with Shift. */
export const RESERVED_LETTERS: readonly string[] = ['n', 's', 'b', 'w'];

/** In which states of a process a verb makes sense. */
const STATES: Readonly<Record<string, readonly ProcessState[]>> = {
  'broker.kill': ['up', 'paused'],
  'broker.start': ['down', 'power-off'],
  'broker.stop': ['up'],
  'broker.pause': ['up'],
  'broker.resume': ['paused'],
  'host.powerLoss': ['up', 'paused', 'down'],
  'producer.start': ['down', 'power-off'],
  'producer.stop': ['up'],
  'producer.crash': ['up', 'paused'],
  'producer.flush': ['up'],
  'producer.send': ['up'],
  'consumer.join': ['down', 'power-off'],
  'consumer.leave': ['up'],
  'consumer.crash': ['up', 'paused'],
  'consumer.pause': ['up'],
  'consumer.resume': ['paused'],
  'consumer.seek': ['up'],
  'consumer.subscribe': ['up'],
};

function stateOf(thing: ThingId, frame: Frame): ProcessState | null {
  const { kind, name } = parseThing(thing);
  switch (kind) {
    case 'broker':
      return frame.brokers.find((broker) => String(broker.id) === name)?.state ?? null;
    case 'controller':
      return frame.controllers.find((controller) => String(controller.id) === name)?.state ?? null;
    case 'producer':
      return frame.producers.find((producer) => producer.id === name)?.state ?? null;
    case 'consumer':
      return frame.consumers.find((consumer) => consumer.id === name)?.state ?? null;
    default:
      return null;
  }
}

const KINDS: Readonly<Record<string, readonly VerbSpec['appliesTo'][]>> = {
  broker: ['broker', 'link'],
  controller: ['broker', 'link'],
  producer: ['producer', 'link'],
  consumer: ['consumer', 'link'],
  link: ['link'],
  topic: ['topic'],
  partition: ['partition'],
  replica: ['partition'],
};

function touchesLink(thing: ThingId, link: { from: ThingId; to: ThingId }): boolean {
  return link.from === thing || link.to === thing;
}

export function verbsFor(thing: ThingId, frame: Frame): readonly VerbOption[] {
  const { kind } = parseThing(thing);
  const applies = KINDS[kind] ?? [];
  const state = stateOf(thing, frame);
  const specs: readonly VerbSpec[] = VERBS;
  return specs
    .filter((spec) => spec.acts === true && applies.includes(spec.appliesTo))
    .map((spec) => {
      const states = STATES[spec.verb];
      let possible = states === undefined || state === null || states.includes(state);
      if (spec.verb === 'network.heal' && kind !== 'link') {
        possible = frame.links.some((link) => touchesLink(thing, link));
      }
      return { spec, possible };
    });
}

/** Arguments that the thing itself answers; what else is required is asked for. */
const FROM_THING = ['nodeId', 'producerId', 'consumerId', 'partitionName', 'topicName', 'between'];

/** Verbs that need an answer first although no argument of theirs is required. */
const ASK_ANYWAY = ['consumer.pause', 'consumer.subscribe'];

function commandOn(spec: VerbSpec, thing: ThingId): StepCommand | null {
  const { kind, name } = parseThing(thing);
  if (ASK_ANYWAY.includes(spec.verb)) return null;
  const command: Record<string, unknown> & { do: string } = { do: spec.verb };
  for (const arg of spec.args) {
    if (!arg.required) continue;
    const fits =
      FROM_THING.includes(arg.type) &&
      arg.type !== 'between' &&
      !(arg.type === 'topicName' && kind !== 'topic') &&
      !(arg.type === 'partitionName' && kind !== 'partition' && kind !== 'replica');
    if (!fits) return null;
    if (arg.type === 'nodeId') command[arg.name] = Number(name);
    else if (kind === 'replica') command[arg.name] = name.slice(0, name.lastIndexOf('@'));
    else command[arg.name] = name;
  }
  return command;
}

/** Sends the verb, or opens the dialog that asks for what it needs besides the thing. */
export function sendVerb(store: AppStore, spec: VerbSpec, thing: ThingId): void {
  const { actions } = store.getState();
  if (spec.appliesTo === 'link') {
    const { kind, name } = parseThing(thing);
    const [from = '', to = ''] = kind === 'link' ? name.split('>') : [];
    const isLink = kind === 'link';
    actions.openDialog({ kind: 'link', verb: spec.verb, from: isLink ? from : thing, to: isLink ? to : null });
    return;
  }
  const command = commandOn(spec, thing);
  if (command === null) actions.openDialog({ kind: 'ask', verb: spec.verb, thing });
  else actions.command(command);
}

/** A verb's name as a title or a button: 'cut a link…' is 'Cut a link' where the dots have done their work. */
export function verbTitle(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replace(/…$/, '');
}

/** Both ends of a link as verbs name them. */
export function between(from: ThingId, to: ThingId): [(number | string)[], (number | string)[]] | null {
  const a = nodeRef(from);
  const b = nodeRef(to);
  return a === null || b === null ? null : [[a], [b]];
}

/** The key that does it on a selected thing, as it is shown. */
export function letterOf(spec: VerbSpec): string | null {
  if (spec.key === undefined) return null;
  const letter = spec.key.toUpperCase();
  return RESERVED_LETTERS.includes(spec.key) ? `⇧${letter}` : letter;
}
