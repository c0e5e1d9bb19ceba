/**
 * The lab's moment as a link: `#lab?trigger=join&members=2&...`. What is not said has its default; what cannot be read is left
 * at its default too, so that an old or cut link still opens the lab. The scenario of a moment of free play goes packed, as in
 * a link of the stage (protocol/link.ts), and is checked like one.
 */
import { LAB_TRIGGERS, LAB_VARIANTS, type LabSpec, type LabTriggerKind, type LabVariant } from '../protocol/lab.ts';
import { decodeMoment, encodeMoment, MAX_LINK_LENGTH } from '../protocol/link.ts';
import { changed, FIRST_SPEC, FIRST_VARIANTS, MOST, windowOf } from './lab-spec.ts';

export type LabView = 'partitions' | 'members' | 'figures' | 'how-many';
export type LabTab = 'request' | 'member' | 'coordinator' | 'assignor';
export const VIEWS: readonly LabView[] = ['partitions', 'members', 'figures', 'how-many'];
export const TABS: readonly LabTab[] = ['request', 'member', 'coordinator', 'assignor'];

/** What a link of the lab says. */
export interface LabPlace {
  readonly spec: LabSpec;
  readonly variants: readonly LabVariant[];
  /** The variant that is stepped through. */
  readonly selected: LabVariant;
  readonly view: LabView;
  readonly tab: LabTab;
  /** All requests are steps, not only those of the rebalance. */
  readonly all: boolean;
  /** The cursor, microseconds; null: at the trigger. */
  readonly atUs: number | null;
  /** The step's own index in the selected run; null: by the moment alone. */
  readonly step: number | null;
  /** The part of time that was zoomed to; null: what matters. */
  readonly domain: { readonly fromUs: number; readonly toUs: number } | null;
  readonly partition: string | null;
}

export const FIRST_PLACE: LabPlace = {
  spec: FIRST_SPEC,
  variants: FIRST_VARIANTS,
  selected: 'eager',
  view: 'partitions',
  tab: 'request',
  all: false,
  atUs: null,
  step: null,
  domain: null,
  partition: null,
};

const MOST_WINDOW_US = 3_600_000_000;

const whole = (text: string | null, least: number, most: number): number | null => {
  if (text === null || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
};

const oneOf = <T extends string>(text: string | null, all: readonly T[]): T | null =>
  all.find((x) => x === text) ?? null;

/** Packing takes milliseconds, and the cursor makes a new link with every step: one base is packed once. */
const packedBases = new WeakMap<object, string | null>();

/** null: no link can hold it. */
function packedBase(base: Extract<LabSpec['base'], { kind: 'moment' }>): string | null {
  const known = packedBases.get(base);
  if (known !== undefined) return known;
  const { scenario, atUs, group } = base;
  const made = encodeMoment({ version: 1, scenario, atUs, selection: `group:${group}`, off: [] });
  const packed = made.ok && made.text.length < MAX_LINK_LENGTH - 1000 ? made.text : null;
  packedBases.set(base, packed);
  return packed;
}

/** The text after the number sign. A base that no link can hold is left out: `whole` is then false. */
export function labHash(place: LabPlace): { readonly hash: string; readonly whole: boolean } {
  const { spec } = place;
  const say = new URLSearchParams();
  let complete = true;
  say.set('trigger', spec.trigger);
  if (spec.base.kind === 'fresh') {
    say.set('members', String(spec.base.members));
    say.set('partitions', String(spec.base.partitions));
    say.set('rate', String(spec.base.ratePerSecond));
  } else {
    const packed = packedBase(spec.base);
    if (packed === null) complete = false;
    else say.set('base', packed);
    if (spec.base.coordinator !== undefined) say.set('coordinator', String(spec.base.coordinator));
  }
  say.set('seed', String(spec.seed));
  if (spec.slowestMs > 0) say.set('slowest', String(spec.slowestMs));
  if (spec.windowUs !== windowOf(spec)) say.set('window', String(spec.windowUs));
  if (place.variants.join() !== FIRST_VARIANTS.join()) say.set('variants', place.variants.join('.'));
  if (place.selected !== FIRST_PLACE.selected) say.set('of', place.selected);
  if (place.view !== FIRST_PLACE.view) say.set('view', place.view);
  if (place.tab !== FIRST_PLACE.tab) say.set('tab', place.tab);
  if (place.all) say.set('all', '1');
  if (place.atUs !== null) say.set('at', String(place.atUs));
  if (place.step !== null) say.set('step', String(place.step));
  if (place.domain !== null) say.set('time', `${place.domain.fromUs}.${place.domain.toUs}`);
  if (place.partition !== null) say.set('partition', place.partition);
  return { hash: `#lab?${say.toString()}`, whole: complete };
}

function readBase(say: URLSearchParams): LabSpec['base'] {
  const packed = say.get('base');
  if (packed !== null) {
    const read = decodeMoment(packed);
    const group = read.ok ? /^group:(.+)$/.exec(read.moment.selection ?? '')?.[1] : undefined;
    if (read.ok && group !== undefined) {
      const { scenario, atUs } = read.moment;
      const coordinator = whole(say.get('coordinator'), 1, 1000);
      return { kind: 'moment', scenario, group, atUs, ...(coordinator === null ? {} : { coordinator }) };
    }
  }
  const first = FIRST_SPEC.base as Extract<LabSpec['base'], { kind: 'fresh' }>;
  return {
    kind: 'fresh',
    members: whole(say.get('members'), 1, MOST.members) ?? first.members,
    partitions: whole(say.get('partitions'), 1, MOST.partitions) ?? first.partitions,
    ratePerSecond: whole(say.get('rate'), 1, MOST.rate) ?? first.ratePerSecond,
  };
}

function readDomain(text: string | null): LabPlace['domain'] {
  const [from, to] = (text ?? '').split('.').map((part) => whole(part, 0, Number.MAX_SAFE_INTEGER));
  return from == null || to == null || to <= from ? null : { fromUs: from, toUs: to };
}

/** Whether a link names a scenario that cannot be read: the page says so, and shows a group of the lab's own. */
export function brokenBase(hash: string): boolean {
  const packed = new URLSearchParams(hash.replace(/^#lab\??/, '')).get('base');
  return packed !== null && !decodeMoment(packed).ok;
}

export function readLabHash(hash: string): LabPlace {
  const say = new URLSearchParams(hash.replace(/^#lab\??/, ''));
  const trigger: LabTriggerKind = oneOf(say.get('trigger'), LAB_TRIGGERS) ?? FIRST_SPEC.trigger;
  const asked = (say.get('variants') ?? '').split('.');
  const variants = LAB_VARIANTS.filter((variant) => asked.includes(variant));
  const shown = variants.length === 0 ? FIRST_VARIANTS : variants;
  const selected = oneOf(say.get('of'), shown) ?? shown[0]!;
  const spec = changed(FIRST_SPEC, {
    base: readBase(say),
    seed: whole(say.get('seed'), 0, MOST.seed) ?? FIRST_SPEC.seed,
    trigger,
    slowestMs: whole(say.get('slowest'), 0, MOST.slowestMs) ?? 0,
  });
  return {
    spec: { ...spec, windowUs: whole(say.get('window'), 1_000_000, MOST_WINDOW_US) ?? spec.windowUs },
    variants: shown,
    selected,
    view: oneOf(say.get('view'), VIEWS) ?? FIRST_PLACE.view,
    tab: oneOf(say.get('tab'), TABS) ?? FIRST_PLACE.tab,
    all: say.get('all') === '1',
    atUs: whole(say.get('at'), 0, Number.MAX_SAFE_INTEGER),
    step: whole(say.get('step'), 0, 1_000_000_000),
    domain: readDomain(say.get('time')),
    partition: say.get('partition')?.slice(0, 300) ?? null,
  };
}
