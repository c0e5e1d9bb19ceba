/** The compression lab: the learner's records under every codec, byte by byte, and what the settings make of them. */
import './pack.css';
import './side.css';
import './narrow.css';
import { type DragEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { createPackStore, type StartPackEngine } from '../../store/pack.ts';
import { brokenText, packHash, readPackHash, readPackMeet } from '../../store/pack-link.ts';
import { pageMode, useMode } from '../../store/page-mode.ts';
import { useAppStore, useSay } from '../../store/use-app.tsx';
import { BytesPart } from './bytes-part.tsx';
import { Claims } from './claims.tsx';
import { Curve } from './curve.tsx';
import { MeetingPart } from './meeting.tsx';
import { Records, readRecordsFile } from './records.tsx';
import { ProducerSettings, TopicSettings } from './settings.tsx';
import { type SampleText, Top } from './top.tsx';
import { PackProvider, usePack, usePackActions, usePackStore } from './use-pack.tsx';
import { usePackKeys } from './use-pack-keys.ts';
import { Ways } from './ways.tsx';
import { sizeText } from './words.ts';
import { Works } from './works.tsx';

/** A thin line under the head while the records are packed; its place is always there. */
function Progress() {
  const say = useSay();
  const running = usePack((state) => state.running);
  const percent = Math.round((running ?? 0) * 100);
  return (
    <div
      className="pk-progress"
      data-on={running !== null || undefined}
      role="progressbar"
      aria-label={say('pack.running')}
      aria-valuenow={percent}
      aria-hidden={running === null}
    >
      <i style={{ width: `${Math.max(3, percent)}%` }} />
    </div>
  );
}

/** Why there is no new answer; what was shown before stays. */
function Failed() {
  const say = useSay();
  const actions = usePackActions();
  const failed = usePack((state) => state.failed);
  if (failed === null) return null;
  const message = failed.why === null ? failed.message : say(failed.why.key, failed.why.params);
  return (
    <div className="pk-failed" role="alert">
      <p>
        <b>{say(failed.kind === 'crashed' ? 'pack.crashed' : 'pack.failed')}</b> {message}
      </p>
      {failed.kind === 'crashed' && (
        <button type="button" className="ks-btn ks-btn-fill" onClick={actions.again}>
          {say('pack.again')}
        </button>
      )}
    </div>
  );
}

/** On a narrow page: what is set, and the button that opens the rest. */
function Sheet({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const say = useSay();
  const spec = usePack((state) => state.spec);
  return (
    <div className="pk-sheet">
      <p className="kp-mono">{`${spec.codec} · ${sizeText(spec.batchSizeBytes)} · v${spec.magic}`}</p>
      <button type="button" className="ks-btn" aria-expanded={open} onClick={onToggle}>
        {say(open ? 'pack.side.close' : 'pack.side')}
      </button>
    </div>
  );
}

/** The result in a sentence for who hears the page, once it is whole. */
function Spoken() {
  const say = useSay();
  const on = useMode((mode) => mode.announce);
  const rows = usePack((state) => state.shown.rows);
  const running = usePack((state) => state.running !== null);
  const spec = usePack((state) => state.spec);
  const row = rows?.value.find(({ codec }) => codec === spec.codec);
  const said = on && !running && row !== undefined && rows?.spec === spec;
  return (
    <p className="ks-hidden" role="status" aria-live="polite" data-pack-said>
      {said
        ? say('pack.way', {
            codec: row.codec,
            bytes: row.sentBytes,
            ratio: row.sentRatio.toFixed(1),
            batches: row.batches,
          })
        : ''}
    </p>
  );
}

/** The address follows what is asked; browsers take no more than a few changes a second. */
const ADDRESS_MS = 400;

function useAddress(): void {
  const pack = usePackStore();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const write = (): void => {
      timer = null;
      if (!pageMode.getState().lab) return;
      const { spec, meet } = pack.getState();
      const { hash } = packHash(spec, meet);
      if (hash !== location.hash) history.replaceState(history.state, '', hash);
    };
    const stop = pack.subscribe((state, before) => {
      if (state.spec !== before.spec || state.meet !== before.meet) timer ??= setTimeout(write, ADDRESS_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [pack]);
}

function Whole({ tools, notices, sampleText }: { tools: ReactNode; notices: ReactNode; sampleText: SampleText }) {
  const say = useSay();
  const actions = usePackActions();
  const [fault, setFault] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [open, setOpen] = useState(false);
  const reading = useRef(0);
  const source = usePack((state) => state.spec.source);
  useAddress();
  usePackKeys();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other records have come, so what was wrong with a file is old
  useEffect(() => setFault(null), [source]);
  const take = async (file: File): Promise<void> => {
    reading.current += 1;
    const mine = reading.current;
    const answer = await readRecordsFile(say, file);
    if (mine !== reading.current) return;
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) actions.ask({ source: { kind: 'text', name: file.name, text: answer.text } });
  };
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer.files[0];
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    void take(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped anywhere; the File tab has a button for it
    <div
      className="pk"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={drop}
    >
      <Top tools={tools} sampleText={sampleText} />
      <main className="pk-main" aria-label={say('pack.name')}>
        <Progress />
        <Failed />
        <Ways />
        <BytesPart />
        <Curve />
        <Claims />
        <MeetingPart />
      </main>
      {notices}
      <aside className="pk-side" data-open={open || undefined} aria-label={say('pack.side')}>
        <Sheet open={open} onToggle={() => setOpen(!open)} />
        <Records onFile={(file) => void take(file)} fault={fault} />
        <ProducerSettings />
        <TopicSettings />
        <Works />
      </aside>
      <Spoken />
      {over && (
        <p className="pk-over" aria-hidden="true">
          {say('pack.drop')}
        </p>
      )}
    </div>
  );
}

export interface PackLabProps {
  readonly tools?: ReactNode;
  readonly notices?: ReactNode;
  readonly startEngine: StartPackEngine;
  readonly sampleText: SampleText;
}

export default function PackLab({ tools = null, notices = null, startEngine, sampleText }: PackLabProps) {
  const app = useAppStore();
  const [asked, setAsked] = useState(() => readPackHash(location.hash));
  // Another link of the lab, pasted into the address or reached by going back.
  useEffect(() => {
    const again = (): void => {
      if (/^#batch(\?|$)/.test(location.hash)) setAsked(readPackHash(location.hash));
    };
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link is looked at anew
  useEffect(() => {
    if (brokenText(location.hash)) app.getState().actions.notice({ key: 'pack.link.broken', params: {} }, 'refusal');
  }, [app, asked]);
  const pack = useMemo(() => createPackStore(startEngine, asked, readPackMeet(location.hash)), [startEngine, asked]);
  useEffect(() => {
    pack.getState().actions.start();
    return () => pack.getState().actions.close();
  }, [pack]);
  return (
    <PackProvider store={pack}>
      <Whole tools={tools} notices={notices} sampleText={sampleText} />
    </PackProvider>
  );
}
