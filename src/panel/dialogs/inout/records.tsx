/** Records of a file for a producer: dropped, chosen, pasted or kept from before; looked at, then put in. */
import { useEffect, useState } from 'react';
import type { RecordsOptions, RecordsRead } from '../../../protocol/records-file.ts';
import { MAX_RECORDS_BYTES } from '../../../protocol/text-bytes.ts';
import { keepFile } from '../../../store/kept-records.ts';
import { browserStorage } from '../../../store/persistence.ts';
import { presentScenario } from '../../../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../../../store/use-app.tsx';
import { FromChoice } from '../../kit/from-choice.tsx';
import { recordsFaultWords, textFaultWords } from './fault-words.ts';
import { FileInput } from './file-input.tsx';
import { KeptList } from './kept-list.tsx';
import { RecordsChoices, RecordsPreview } from './records-options.tsx';
import { type OpenFile, type Records, useRecords } from './use-records.ts';

const ACCEPT = '.txt,.log,.csv,.tsv,.jsonl,.ndjson,.json,text/*,application/json';
/** As many records as one moment can bring. */
const MAX_NOW = 500;

function Source({ records }: { records: Records }) {
  const say = useSay();
  const [pasted, setPasted] = useState<string | null>(null);
  return (
    <>
      <FileInput
        says={say('inout.records.drop', { max: MAX_RECORDS_BYTES })}
        accept={ACCEPT}
        onFile={(file) => records.open(file, file.name)}
      >
        <button
          type="button"
          className="ks-btn"
          aria-expanded={pasted !== null}
          onClick={() => setPasted(pasted === null ? '' : null)}
        >
          {say('inout.paste')}
        </button>
      </FileInput>
      {pasted !== null && (
        <>
          <textarea
            className="ks-input ks-text"
            aria-label={say('inout.paste')}
            rows={6}
            value={pasted}
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the field was asked for just now
            autoFocus
            onChange={(event) => setPasted(event.target.value)}
          />
          <button
            type="button"
            className="ks-btn"
            disabled={pasted === ''}
            onClick={() => records.open(new Blob([pasted]), say('inout.pasted'))}
          >
            {say('inout.read')}
          </button>
        </>
      )}
      <KeptList onChoose={records.open} />
    </>
  );
}

function Reading({ file, onCancel }: { file: OpenFile; onCancel: () => void }) {
  const say = useSay();
  const percent = Math.round((file.progress ?? 0) * 100);
  return (
    <div className="ks-io-row ks-io-reading">
      <progress max={100} value={percent} aria-label={say('inout.records.reading', { name: file.name })} />
      <span className="kp-mute ks-small">{say('inout.percent', { percent })}</span>
      <button type="button" className="ks-btn" onClick={onCancel}>
        {say('inout.cancel')}
      </button>
    </div>
  );
}

function ReadFacts({ read }: { read: RecordsRead }) {
  const say = useSay();
  return (
    <p className="ks-small" role="status">
      <b>{say('inout.records.count', { count: read.count, bytes: read.bytes })}</b>{' '}
      {say('inout.records.largest', { bytes: read.largest.bytes, line: read.largest.line })}
      {read.withoutKey > 0 && ` ${say('inout.records.null-keys', { count: read.withoutKey })}`}
      {read.skipped > 0 && ` ${say('inout.records.skipped', { count: read.skipped })}`}
    </p>
  );
}

/** Until a file is chosen the rate is that of the workload. */
function useRate(producer: string): readonly [string, (rate: string) => void] {
  const store = useAppStore();
  const [rate, setRate] = useState('');
  useEffect(() => {
    let wanted = true;
    presentScenario(store).then(
      ({ scenario }) => {
        const workload = scenario.producers?.find(({ id }) => id === producer)?.workload;
        if (wanted) setRate(String(workload?.ratePerSecond ?? 100));
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [store, producer]);
  return [rate, setRate];
}

function PutIn(props: { producer: string; file: OpenFile; read: RecordsRead; onClose: () => void }) {
  const { producer, file, read, onClose } = props;
  const say = useSay();
  const actions = useActions();
  const [from, setFrom] = useState<'start' | 'now'>('start');
  const [once, setOnce] = useState(true);
  const [rate, setRate] = useRate(producer);
  const perSecond = Number(rate);
  const isRate = perSecond > 0 && perSecond <= 1_000_000;
  const tooMany = from === 'now' && read.count > MAX_NOW;
  const put = async (): Promise<void> => {
    const count = once ? read.count : null;
    actions.workload(producer, { keys: read.keys, values: read.values, count, ratePerSecond: perSecond }, from);
    onClose();
    const options = file.options as RecordsOptions;
    const kept = await keepFile(browserStorage(), { name: file.name, bytes: file.source.size, options }, file.source);
    if (!kept) actions.notice({ key: 'inout.kept.full', params: { name: file.name } });
  };
  return (
    <div className="ks-io-foot">
      <label className="ks-io-inline">
        <span>{say('inout.records.rate')}</span>
        <input
          className="ks-input ks-io-number"
          inputMode="decimal"
          value={rate}
          aria-invalid={!isRate || undefined}
          onChange={(event) => setRate(event.target.value)}
        />
      </label>
      <label className="ks-check">
        <input type="checkbox" checked={once} onChange={(event) => setOnce(event.target.checked)} />
        {say('inout.records.once')}
      </label>
      <FromChoice value={from} onChange={setFrom} />
      <button
        type="button"
        className="ks-btn ks-btn-fill"
        disabled={!isRate || tooMany || producer === ''}
        onClick={() => void put()}
      >
        {say('inout.records.put', { producer })}
      </button>
      {tooMany && <p className="ks-wrong">{say('inout.records.too-many-now', { count: read.count, max: MAX_NOW })}</p>}
      {isRate && !tooMany && from === 'start' && once && (
        <p className="kp-mute ks-small">{say('inout.records.lasts', { us: (read.count / perSecond) * 1e6 })}</p>
      )}
    </div>
  );
}

export default function RecordsTab(props: {
  producer: string | undefined;
  given: File | undefined;
  onClose: () => void;
}) {
  const { given, onClose } = props;
  const say = useSay();
  const ids = useApp(({ frame }) => frame?.producers.map(({ id }) => id).join('\n') ?? '');
  const producers = ids === '' ? [] : ids.split('\n');
  const [producer, setProducer] = useState(props.producer ?? producers[0] ?? '');
  const records = useRecords();
  const { open } = records;
  useEffect(() => {
    if (given !== undefined) open(given, given.name);
  }, [given, open]);
  const { file } = records;
  return (
    <>
      <p className="kp-mute">{say('inout.records.hint')}</p>
      <label className="ks-io-inline">
        <span>{say('inout.records.producer')}</span>
        <select className="ks-select" value={producer} onChange={(event) => setProducer(event.target.value)}>
          {producers.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      {file === null ? (
        <Source records={records} />
      ) : (
        <>
          <div className="ks-io-row ks-io-name">
            <b>{file.name}</b>
            <span className="kp-mute ks-small">{say('inout.kept.size', { bytes: file.source.size })}</span>
            <button type="button" className="ks-btn" onClick={records.close}>
              {say('inout.other-file')}
            </button>
          </div>
          {file.unreadable !== null && (
            <p className="ks-wrong" role="alert">
              {textFaultWords(say, file.unreadable, file.name)}
            </p>
          )}
          {file.progress !== null && <Reading file={file} onCancel={records.close} />}
          {file.options !== null && (
            <>
              <RecordsChoices file={file} options={file.options} onChange={records.look} />
              <RecordsPreview file={file} options={file.options} />
            </>
          )}
          {file.fault !== null && (
            <p className="ks-wrong" role="alert">
              {recordsFaultWords(say, file.fault)}
            </p>
          )}
          {file.read !== null && (
            <>
              <ReadFacts read={file.read} />
              <PutIn producer={producer} file={file} read={file.read} onClose={onClose} />
            </>
          )}
        </>
      )}
    </>
  );
}
