/** The way from a group, or one of its members, into the lab: the present scenario and moment under every protocol. */
import { FlaskConical } from 'lucide-react';
import type { Frame, ThingId } from '../../protocol/frame.ts';
import type { AppStore } from '../../store/app-store.ts';
import { parseThing } from '../../store/thing.ts';
import { useApp, useAppStore, useSay } from '../../store/use-app.tsx';

/** The group that a thing is or belongs to; null: it has none. */
export function groupOfThing(thing: ThingId | null, frame: Frame | null): string | null {
  if (thing === null || frame === null) return null;
  const { kind, name } = parseThing(thing);
  if (kind === 'group') return frame.groups.some(({ id }) => id === name) ? name : null;
  if (kind !== 'consumer') return null;
  return frame.groups.find(({ members }) => members.some(({ consumer }) => consumer === name))?.id ?? null;
}

/** Loads the lab's way in, then the lab. */
export async function openLab(store: AppStore, group: string): Promise<void> {
  const { openInLab } = await import('../../store/lab-open.ts');
  await openInLab(store, group);
}

/** For the keyboard: the group that is selected, or the only one there is; else a group of the lab's own. */
export function openLabByKey(store: AppStore): void {
  const { selection, frame } = store.getState();
  const group = groupOfThing(selection, frame) ?? (frame?.groups.length === 1 ? frame.groups[0]!.id : null);
  if (group === null) location.hash = '#lab';
  else void openLab(store, group);
}

/** A button in the inspector; nothing for things without a group. */
export function OpenInLab({ thing }: { thing: ThingId }) {
  const say = useSay();
  const store = useAppStore();
  const group = useApp(({ frame }) => groupOfThing(thing, frame));
  if (group === null) return null;
  return (
    <button
      type="button"
      className="ks-btn ks-open-lab"
      title={say('lab.open.says')}
      onClick={() => void openLab(store, group)}
    >
      <FlaskConical size={14} aria-hidden="true" />
      {say('lab.open')}
    </button>
  );
}
