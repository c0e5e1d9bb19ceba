import type { Detail, DetailTab } from '../../protocol/frame.ts';
import { useApp } from '../../store/use-app.tsx';

/** The decoded selection, if the frame's detail is about what is selected; null while the engine has not sent it yet. */
export function useDetail(tab: DetailTab): Detail | null {
  return useApp((state) => {
    const detail = state.frame?.detail ?? null;
    return detail !== null && detail.thing === state.selection && detail.tab === tab ? detail : null;
  });
}
