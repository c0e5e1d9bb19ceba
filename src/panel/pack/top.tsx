/** The head of the compression lab: which lab it is, and the ways out of it. */
import type { ReactNode } from 'react';
import { leaveLab } from '../../store/lab-open.ts';
import { packHash } from '../../store/pack-link.ts';
import { packOnStage } from '../../store/pack-open.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { LabSwitch } from '../kit/lab-switch.tsx';
import { usePack, usePackStore } from './use-pack.tsx';

/** The text of a sample; null: it is no text. Handed in, since samples belong to the worker. */
export type SampleText = (name: string) => Promise<string | null>;

export function Top({ tools, sampleText }: { tools: ReactNode; sampleText: SampleText }) {
  const say = useSay();
  const app = useAppStore();
  const page = useActions();
  const pack = usePackStore();
  const source = usePack((state) => state.spec.source);
  const version = app.getState().info?.version ?? '';
  const copy = async (): Promise<void> => {
    const { spec, meet } = pack.getState();
    const { hash, whole } = packHash(spec, meet);
    if (!whole) {
      page.notice({ key: 'pack.link.large', params: {} }, 'refusal');
      return;
    }
    try {
      await navigator.clipboard.writeText(new URL(hash, location.href).href);
      page.notice({ key: 'pack.link.copied', params: {} });
    } catch {
      // The address bar has it in any case.
      page.notice({ key: 'pack.link.address', params: {} });
    }
  };
  const toStage = async (): Promise<void> => {
    const { spec } = pack.getState();
    const name = spec.source.kind === 'sample' ? say(`pack.sample.${spec.source.name}`) : spec.source.name;
    const text = spec.source.kind === 'text' ? spec.source.text : await sampleText(spec.source.name);
    if (text === null) page.notice({ key: 'pack.stage.binary', params: { name } }, 'refusal');
    else await packOnStage(app, spec, text, say('pack.stage.title', { name: name.slice(0, 60), codec: spec.codec }));
  };
  return (
    <header className="ks-top pk-top">
      <h1 className="ks-brand">Kafkascope</h1>
      <LabSwitch now="batch" />
      {version !== '' && <span className="ks-chip kp-mono pk-version">{say('app.version', { version })}</span>}
      <span className="ks-space" />
      <nav className="ks-tools" aria-label={say('app.tools')}>
        <button type="button" className="ks-btn" onClick={() => leaveLab()}>
          {say('lab.back')}
        </button>
        <button
          type="button"
          className="ks-btn"
          title={say('pack.stage.says')}
          disabled={source.kind === 'sample' && source.name === 'random'}
          onClick={() => void toStage().catch(() => page.notice({ key: 'pack.stage.failed', params: {} }, 'refusal'))}
        >
          {say('pack.stage')}
        </button>
        <button type="button" className="ks-btn" onClick={() => void copy()}>
          {say('lab.link')}
        </button>
        {tools}
      </nav>
    </header>
  );
}
