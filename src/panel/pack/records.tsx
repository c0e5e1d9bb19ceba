/** The learner's records: a sample, a pasted text, or a file, which may be dropped anywhere on the page. */
import { useId, useRef, useState } from 'react';
import { PACK_SAMPLES } from '../../protocol/pack.ts';
import { decodeUtf8 } from '../../protocol/text-bytes.ts';
import { linesOf, utf8Length } from '../../protocol/text-lines.ts';
import { packHash } from '../../store/pack-link.ts';
import { MOST } from '../../store/pack-spec.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { usePack, usePackActions, useShown } from './use-pack.tsx';

type Tab = 'sample' | 'paste' | 'file';
const TABS: readonly Tab[] = ['sample', 'paste', 'file'];
/** A field would stand still under a longer text. */
const MAX_EDITABLE = 300_000;

export type FileAnswer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: string };

/** Reads a file without believing what it says it is; the fault is a sentence. */
export async function readRecordsFile(say: Say, file: File): Promise<FileAnswer> {
  const wrong = (key: string, params: Record<string, string | number> = {}): FileAnswer => ({
    ok: false,
    fault: say(key, { name: file.name, bytes: file.size, max: MOST.textBytes, ...params }),
  });
  if (file.size > MOST.textBytes) return wrong('pack.fail.too-large');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return wrong('panel.file.unreadable');
  }
  const decoded = decodeUtf8(bytes, MOST.textBytes);
  if (decoded.ok) return decoded;
  const { code, line, column, found } = decoded.fault;
  return wrong(`inout.text.${code}`, { line, column, found });
}

function Sample() {
  const say = useSay();
  const actions = usePackActions();
  const source = usePack((state) => state.spec.source);
  const { shown } = useShown('records');
  const origin = shown?.value.origin ?? null;
  return (
    <>
      <label className="pk-field">
        <span className="ks-hidden">{say('pack.records.sample')}</span>
        <select
          className="ks-select"
          value={source.kind === 'sample' ? source.name : ''}
          onChange={(event) => actions.ask({ source: { kind: 'sample', name: event.target.value } })}
        >
          {source.kind === 'text' && <option value="">{say('pack.records.own')}</option>}
          {PACK_SAMPLES.map((name) => (
            <option key={name} value={name}>
              {say(`pack.sample.${name}`)}
            </option>
          ))}
        </select>
      </label>
      {origin !== null && source.kind === 'sample' && (
        <p className="kp-mute ks-small">{say('pack.records.origin', { origin })}</p>
      )}
    </>
  );
}

function Paste() {
  const say = useSay();
  const actions = usePackActions();
  const source = usePack((state) => state.spec.source);
  const [text, setText] = useState(() =>
    source.kind === 'text' && source.text.length <= MAX_EDITABLE ? source.text : '',
  );
  const bytes = utf8Length(text);
  const lines = linesOf(text).length;
  const large = bytes > MOST.textBytes;
  const same = source.kind === 'text' && source.text === text;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (lines > 0 && !large) actions.ask({ source: { kind: 'text', name: say('pack.records.pasted'), text } });
      }}
    >
      <textarea
        className="ks-input pk-paste kp-mono"
        rows={6}
        spellCheck={false}
        value={text}
        aria-label={say('pack.records.paste')}
        placeholder={say('pack.records.placeholder')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
      <div className="pk-row">
        <p className={large ? 'ks-wrong' : 'kp-mute ks-small'}>
          {large
            ? say('pack.fail.too-large', { name: say('pack.records.pasted'), bytes, max: MOST.textBytes })
            : say('pack.records.count', { records: lines, bytes })}
        </p>
        <button type="submit" className="ks-btn" disabled={lines === 0 || large || same}>
          {say('pack.records.use')}
        </button>
      </div>
    </form>
  );
}

function FileTab({ onFile }: { onFile: (file: File) => void }) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="pk-file">
      <p className="kp-mute ks-small">{say('pack.records.file', { max: MOST.textBytes })}</p>
      <button type="button" className="ks-btn" onClick={() => input.current?.click()}>
        {say('panel.open.choose')}
      </button>
      <input
        ref={input}
        type="file"
        className="ks-hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </div>
  );
}

/** What a text has lost by being too large for a link. */
function LinkNote() {
  const say = useSay();
  const spec = usePack((state) => state.spec);
  if (spec.source.kind === 'sample' || packHash(spec).whole) return null;
  return <p className="pk-warn ks-small">{say('pack.records.no-link')}</p>;
}

export function Records({ onFile, fault }: { onFile: (file: File) => void; fault: string | null }) {
  const say = useSay();
  const id = useId();
  const { shown, stale } = useShown('records');
  const source = usePack((state) => state.spec.source);
  const [tab, setTab] = useState<Tab>(source.kind === 'text' ? 'file' : 'sample');
  const records = shown?.value ?? null;
  const name = source.kind === 'sample' ? say(`pack.sample.${source.name}`) : source.name;
  return (
    <section className="pk-records" aria-labelledby={`${id}-h`}>
      <div className="pk-side-head">
        <p className="kp-mute ks-small">{say('pack.records')}</p>
        <h2 id={`${id}-h`} data-stale={stale || undefined} data-records={records?.records}>
          {records === null
            ? name
            : say('pack.records.title', { name, records: records.records, bytes: records.valueBytes })}
        </h2>
        <Tabs
          label={say('pack.records')}
          panelId={id}
          value={tab}
          onChange={setTab}
          items={TABS.map((each) => ({ id: each, label: say(`pack.tab.${each}`) }))}
        />
      </div>
      <div className="pk-side-body">
        <div id={id} role="tabpanel" aria-label={say(`pack.tab.${tab}`)}>
          {tab === 'sample' && <Sample />}
          {tab === 'paste' && <Paste />}
          {tab === 'file' && <FileTab onFile={onFile} />}
        </div>
        {fault !== null && (
          <p className="ks-wrong" role="alert">
            {fault} {say('pack.records.kept', { name })}
          </p>
        )}
        <pre className="pk-preview kp-mono" data-stale={stale || undefined}>
          {records === null ? '…' : [...records.head.slice(0, 3), '…'].join('\n')}
        </pre>
        <LinkNote />
      </div>
    </section>
  );
}
