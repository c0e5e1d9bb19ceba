/** The compression lab's keys: they go before the page's own, which are of the cluster beneath. */
import { useEffect } from 'react';
import { PACK_CODECS } from '../../protocol/pack.ts';
import { leaveLab } from '../../store/lab-open.ts';
import { codecsOf } from '../../store/pack-spec.ts';
import { useAppStore } from '../../store/use-app.tsx';
import { stepSize } from './curve-geometry.ts';
import { usePackStore } from './use-pack.tsx';

/** Whether the key belongs to what has the focus. */
function elsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, [role="menu"]') !== null) return true;
  return target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select');
}

export function usePackKeys(): void {
  const app = useAppStore();
  const store = usePackStore();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || elsewhere(event)) return;
      const { actions, spec } = store.getState();
      const codec = PACK_CODECS[Number(event.key) - 1];
      if (event.key === '?') app.getState().actions.openDialog({ kind: 'help' });
      else if (event.key === 'Escape' && app.getState().dialog === null) leaveLab();
      else if (codec !== undefined && codecsOf(spec.magic).includes(codec)) actions.ask({ codec });
      else if (event.key === '+' || event.key === '=')
        actions.ask({ batchSizeBytes: stepSize(spec.batchSizeBytes, 1) });
      else if (event.key === '-') actions.ask({ batchSizeBytes: stepSize(spec.batchSizeBytes, -1) });
      else if (event.key === 'r') actions.again();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [app, store]);
}
