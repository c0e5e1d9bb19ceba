/** The labs as pages of their own, over the cluster, with the page's tools in their heads and its notices over their feet. */
import { useEffect, useState } from 'react';
import { part } from '../panel/kit/part.tsx';
import type { PackSample } from '../protocol/pack.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { packEngine } from '../store/pack-engine.ts';
import { useAppStore } from '../store/use-app.tsx';
import { Notices } from './notices.tsx';
import { PageTools } from './top-bar.tsx';

const Lab = part(() => import('../panel/lab/lab.tsx'));
const PackLab = part(() => import('../panel/pack/pack-lab.tsx'));

/** Measuring and hidden runs have a worker of their own: the cluster that is played is not disturbed. */
const startPackEngine = packEngine(
  () => new Worker(new URL('../worker/pack-worker.ts', import.meta.url), { type: 'module' }),
);

/** A sample as lines; null: it is no text. */
async function sampleText(name: string): Promise<string | null> {
  const { sampleOf } = await import('../worker/pack/samples.ts');
  const { values } = await sampleOf(name as PackSample);
  const lines = values.filter((value) => typeof value === 'string');
  return lines.length === values.length ? lines.join('\n') : null;
}

/** The cluster beneath stands still meanwhile, and goes on as it was. */
function useStandStill(): void {
  const store = useAppStore();
  useEffect(() => {
    let played: Scenario | null = null;
    const hold = (): void => {
      const { player, scenario, actions } = store.getState();
      if (!player.playing) return;
      played = scenario;
      actions.pause();
    };
    hold();
    const stop = store.subscribe(hold);
    return () => {
      stop();
      // A run that was put on the stage meanwhile stands at the cursor's moment.
      if (played !== null && store.getState().scenario === played) store.getState().actions.play();
    };
  }, [store]);
}

const asksForBatch = (): boolean => /^#batch(\?|$)/.test(location.hash);

export default function LabPage() {
  const [batch, setBatch] = useState(asksForBatch);
  useStandStill();
  useEffect(() => {
    const look = (): void => setBatch(asksForBatch());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  if (!batch) return <Lab tools={<PageTools />} notices={<Notices />} />;
  return <PackLab tools={<PageTools />} notices={<Notices />} startEngine={startPackEngine} sampleText={sampleText} />;
}
