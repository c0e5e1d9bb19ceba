/** Bytes that leave the page: as hexadecimal text, as a file. */
import { useState } from 'react';
import { hexOf } from '../../kafka/records/bytes.ts';
import { hexDump } from '../../kafka/records/explore/hex-dump.ts';
import { useSay } from '../../store/use-app.tsx';
import { saveBytes } from './save-bytes.ts';
import type { Sheet } from './sheet.ts';

/** Kafka names its files by the first offset in them, in twenty digits. */
export const logName = (offset: string | number): string => `${String(offset).padStart(20, '0')}.log`;

/** Kafka's own tool reads a segment, and a batch alone as well. */
const dumpCommand = (file: string): string => `bin/kafka-dump-log.sh --files ${file} --print-data-log`;

/** How long the button says that it is done. */
const SAID_MS = 2_000;

function Copy({ label, text }: { label: string; text: () => string }) {
  const say = useSay();
  const [state, setState] = useState<'' | 'copied' | 'failed'>('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setState('copied');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState(''), SAID_MS);
  };
  return (
    <button type="button" className="ks-btn" onClick={() => void copy()}>
      <span aria-live="polite">{state === '' ? label : say(`bytes.out.${state}`)}</span>
    </button>
  );
}

export interface OutProps {
  readonly sheet: Sheet;
  readonly whole: Uint8Array;
  /** The chosen field; -1: none. */
  readonly field: number;
  /** The whole segment file, where there is one. */
  readonly segment: { readonly name: string; readonly load: () => Promise<Uint8Array | null> } | null;
}

export function Out({ sheet, whole, field, segment }: OutProps) {
  const say = useSay();
  const [missing, setMissing] = useState(false);
  const own = sheet.fields[field];
  const offset = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  const name = logName(whole.length >= 8 && offset.getBigInt64(0) >= 0n ? String(offset.getBigInt64(0)) : '0');
  const saveSegment = async (): Promise<void> => {
    const bytes = await segment?.load().catch(() => null);
    setMissing(bytes === null || bytes === undefined);
    if (bytes !== null && bytes !== undefined) saveBytes(segment!.name, bytes);
  };
  return (
    <section className="kb-out" aria-label={say('bytes.out')}>
      <div className="kb-steps">
        <Copy label={say('bytes.out.copy')} text={() => hexDump(whole)} />
        {own !== undefined && own.to > own.from && (
          <Copy
            label={say('bytes.out.copy-field', { name: own.name })}
            text={() => hexOf(sheet.bytes.subarray(own.from, own.to))}
          />
        )}
        <button type="button" className="ks-btn" title={name} onClick={() => saveBytes(name, whole)}>
          {say('bytes.out.batch')}
        </button>
        {segment !== null && (
          <button type="button" className="ks-btn" title={segment.name} onClick={() => void saveSegment()}>
            {say('bytes.out.segment')}
          </button>
        )}
      </div>
      {missing && (
        <p className="ks-wrong" role="alert">
          {say('bytes.out.gone')}
        </p>
      )}
      <p className="kp-mute">
        {say('bytes.out.says')} <code>{dumpCommand(segment?.name ?? name)}</code>
      </p>
    </section>
  );
}
