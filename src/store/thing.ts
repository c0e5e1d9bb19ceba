/** Ids of things taken apart: `replica:orders-0@2` is a kind and a name. */
import type { DetailTab, ThingId } from '../protocol/frame.ts';

export type ThingKind =
  | 'broker'
  | 'controller'
  | 'producer'
  | 'consumer'
  | 'group'
  | 'topic'
  | 'partition'
  | 'replica'
  | 'link'
  | 'record';

export interface Thing {
  readonly kind: ThingKind;
  readonly name: string;
}

export function parseThing(id: ThingId): Thing {
  const at = id.indexOf(':');
  return { kind: id.slice(0, at) as ThingKind, name: id.slice(at + 1) };
}

/** The text key and parameters of a thing's name on the page. */
export function thingPhrase(id: ThingId): { key: string; params: Record<string, string> } {
  const { kind, name } = parseThing(id);
  if (kind === 'replica') {
    const at = name.lastIndexOf('@');
    return { key: 'panel.thing.replica', params: { name: name.slice(0, at), broker: name.slice(at + 1) } };
  }
  if (kind === 'link') {
    const [from = '', to = ''] = name.split('>');
    return { key: 'panel.thing.link', params: { from, to } };
  }
  return { key: `panel.thing.${kind}`, params: { name } };
}

/** The node or client that a thing is, as verbs and links name it: 1, 101, 'checkout'. Null for what is no process. */
export function nodeRef(id: ThingId): number | string | null {
  const { kind, name } = parseThing(id);
  if (kind === 'broker' || kind === 'controller') return Number(name);
  if (kind === 'producer' || kind === 'consumer') return name;
  return null;
}

export function topicOf(partition: string): string {
  return partition.replace(/-\d+$/, '');
}

/** Whose parameters a selected thing shows; null when it has none. */
export function configOwner(
  id: ThingId,
): { scope: 'broker' | 'topic' | 'producer' | 'consumer' | 'group'; entity: string } | null {
  const { kind, name } = parseThing(id);
  switch (kind) {
    case 'broker':
    case 'controller':
      return { scope: 'broker', entity: name };
    case 'producer':
    case 'consumer':
      return { scope: kind, entity: name };
    case 'group':
      return { scope: 'group', entity: name };
    case 'topic':
      return { scope: 'topic', entity: name };
    case 'partition':
      return { scope: 'topic', entity: topicOf(name) };
    case 'replica':
      return { scope: 'topic', entity: topicOf(name.slice(0, name.lastIndexOf('@'))) };
    default:
      return null;
  }
}

const ALL_TABS: readonly DetailTab[] = ['parameters', 'state', 'log', 'requests', 'events'];

/** Tabs that a kind of thing has something to say in. */
export function tabsOf(thing: ThingId): readonly DetailTab[] {
  switch (parseThing(thing).kind) {
    case 'link':
      return ['state', 'requests', 'events'];
    case 'record':
      return ['events'];
    case 'producer':
    case 'consumer':
    case 'controller':
      return ['parameters', 'state', 'requests', 'events'];
    case 'group':
      return ['state', 'log', 'parameters', 'events'];
    default:
      return ALL_TABS;
  }
}

/** The tab that is looked at: the chosen one, or the first that the thing has. */
export function shownTab(thing: ThingId | null, chosen: DetailTab): DetailTab {
  if (thing === null) return chosen;
  const tabs = tabsOf(thing);
  return tabs.includes(chosen) ? chosen : (tabs[0] as DetailTab);
}
