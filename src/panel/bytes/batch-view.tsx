/** One batch, byte by byte: its header, its records, what is chosen of them, and who notices a change. */
import { type ReactNode, useCallback, useEffect, useId, useMemo, useReducer, useRef, useState } from 'react';
import { useApp, useSay } from '../../store/use-app.tsx';
import { FieldCard } from './card.tsx';
import { Change } from './change.tsx';
import { type Edits, flip, freshCrc, isChanged, putBack, setBits, setValue, startEdits } from './edits.ts';
import type { PackFormats } from './explorer.tsx';
import { FieldList } from './field-list.tsx';
import { formatsOf, recordsOf } from './formats.ts';
import { FormatsView } from './formats-view.tsx';
import { ByteGrid } from './grid.tsx';
import { Head } from './head.tsx';
import { columnsFor } from './label.ts';
import { Out, type OutProps } from './out.tsx';
import { huesOf, RecordBlocks } from './record-blocks.tsx';
import { type Sheet, sheetOf } from './sheet.ts';
import { useChoice } from './use-choice.ts';
import { type CodecState, codecOf, useCodecs } from './use-codecs.ts';
import { isCoarse, useWidth } from './use-width.ts';
import { WhoNotices } from './who-notices.tsx';
import './bytes.css';

export interface BatchViewProps {
  readonly bytes: Uint8Array;
  /** What the batch is of, and its number in there from 1. */
  readonly name: string;
  readonly number: number;
  readonly count: number;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly formats: PackFormats | null;
  readonly tools?: ReactNode;
  readonly segment?: OutProps['segment'];
  /** The heading stands elsewhere. */
  readonly bare?: boolean;
}

const LEAST_PITCH = 27;
const LEAST_PITCH_TOUCH = 42;
const BODY_ROWS = 9;
const BODY_ROWS_TOUCH = 6;
/** A compressed block has nothing to name in it. */
const PACKED_ROWS = 6;

type Act = (edits: Edits) => Edits;

/** The edits of this batch; another batch begins anew. */
function useEdits(bytes: Uint8Array): readonly [Edits, (act: Act) => void] {
  const [edits, act] = useReducer((now: Edits, change: Act) => change(now), bytes, startEdits);
  useEffect(() => act(() => startEdits(bytes)), [bytes]);
  // Until the effect has run, what is drawn is the new batch already.
  return [edits.original === bytes ? edits : startEdits(bytes), act];
}

/** What the compressed block holds, as far as it can be told now. */
function BlockLine({
  sheet,
  state,
  again,
  onOpen,
}: {
  sheet: Sheet;
  state: CodecState;
  again: () => void;
  onOpen: () => void;
}) {
  const say = useSay();
  const { packed, inner } = sheet;
  if (packed === null) {
    return (
      <p className="kb-block-line">
        {say('bytes.records', { count: sheet.records.length, size: sheet.bytes.length - sheet.bodyFrom })}
      </p>
    );
  }
  const size = packed.to - packed.from;
  return (
    <p className="kb-block-line">
      {inner === null
        ? say('bytes.block.closed', { size })
        : say('bytes.block', { size, count: inner.records.length, plain: inner.bytes.length })}{' '}
      {state === 'loading' && <span role="status">{say('bytes.block.loading')}</span>}
      {state === 'failed' && (
        <>
          <span role="alert">{say('bytes.block.failed')}</span>{' '}
          <button type="button" className="ks-btn" onClick={again}>
            {say('app.part.again')}
          </button>
        </>
      )}
      {inner !== null && (
        <button type="button" className="ks-btn" onClick={onOpen}>
          {say('bytes.block.open')}
        </button>
      )}
    </p>
  );
}

/** For narrow pages: the chosen field in a line that stays in sight. */
function Strip({ sheet, lit, onDetails }: { sheet: Sheet; lit: number; onDetails: () => void }) {
  const say = useSay();
  const field = sheet.fields[lit];
  if (field === undefined) return null;
  return (
    <button type="button" className="kb-strip" onClick={onDetails}>
      <i className="kb-swatch" data-tint={sheet.tints[lit]} />
      <span className="kp-mono">{field.name}</span>
      <b className="kp-mono">{field.type === 'compressed' ? '' : (field.value ?? 'null').slice(0, 60)}</b>
      <span className="kp-mute">{say('bytes.details')}</span>
    </button>
  );
}

/** Where reading ended, in words. */
function Failure({ sheet, state }: { sheet: Sheet; state: CodecState }) {
  const say = useSay();
  const { failure } = sheet;
  if (failure === null || (state !== 'ready' && /codec-?missing$/i.test(failure.message.key))) return null;
  return (
    <p className="kb-failure" role="status">
      {say('bytes.failure', { at: failure.at })} {failure.exception !== null && <code>{failure.exception}</code>}{' '}
      {say.phrase(failure.message)}
    </p>
  );
}

export function BatchView(props: BatchViewProps) {
  const { name, number } = props;
  const say = useSay();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const side = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [edits, act] = useEdits(props.bytes);
  const [opened, setOpened] = useState(false);
  const [comparing, setComparing] = useState(false);
  const codec = codecOf(edits.bytes);
  const { state, again } = useCodecs(codec);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a codec that has come lets more be read
  const outer = useMemo(() => sheetOf(edits.bytes), [edits.bytes, state]);
  const inside = opened && outer.inner !== null;
  const sheet = inside ? outer.inner! : outer;
  const least = isCoarse() ? LEAST_PITCH_TOUCH : LEAST_PITCH;
  const columns = columnsFor(width, least);
  const pitch = Math.min(46, Math.floor((width / columns) * 100) / 100);
  const body = sheet.bodyFrom;
  const focusOn = useCallback(
    (byte: number) => document.getElementById(`${id}-${byte < body ? 'head' : 'body'}`)?.focus({ preventScroll: true }),
    [id, body],
  );
  const choice = useChoice(sheet, columns, focusOn);
  const changed = isChanged(edits);
  const known = useApp((page) => page.info?.keys);
  const plainSheet = outer.inner ?? outer;
  const hues = useMemo(
    () =>
      huesOf(
        plainSheet.records.map(({ key }) => key),
        known ?? [],
      ),
    [plainSheet, known],
  );
  const packed = sheet.packed !== null && sheet.packed.to >= sheet.bytes.length - 1;
  const before = changed && !inside && edits.original.length === edits.bytes.length ? edits.original : null;
  const grid = {
    sheet,
    columns,
    pitch,
    rowHeight: least > 40 ? 62 : 50,
    byte: choice.byte,
    lit: choice.lit,
    before,
    onByte: choice.chooseByte,
    onHover: choice.hoverByte,
    onKey: choice.onKey,
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another batch is looked at from outside, from its beginning
  useEffect(() => {
    setOpened(false);
    choice.clear();
  }, [props.bytes]);
  const open = (inner: boolean): void => {
    setOpened(inner);
    choice.clear();
  };
  return (
    <section className="kb" aria-label={say('bytes.title', { number, name })}>
      <Head {...props} sheet={outer} comparing={comparing} onCompare={() => setComparing(!comparing)} />
      {comparing && <Compared outer={outer} formats={props.formats} least={least} />}
      <div className="kb-columns">
        <div className="kb-main" ref={box}>
          {inside && (
            <nav className="kb-crumbs" aria-label={say('bytes.crumbs')}>
              <button type="button" className="ks-link" onClick={() => open(false)}>
                {say('bytes.crumbs.batch', { number })}
              </button>
              <span aria-hidden="true">›</span>
              <span aria-current="page">
                {say('bytes.crumbs.inner', { codec: codec ?? '', size: sheet.bytes.length })}
              </span>
            </nav>
          )}
          {width > 0 && body > 0 && (
            <ByteGrid {...grid} id={`${id}-head`} label={say('bytes.grid.head')} from={0} to={body} mostRows={99} />
          )}
          <Failure sheet={outer} state={state} />
          {!inside && <BlockLine sheet={outer} state={state} again={again} onOpen={() => open(true)} />}
          {hues.length > 0 && (
            <RecordBlocks
              hues={hues}
              width={width}
              record={plainSheet === sheet ? choice.record : -1}
              onRecord={(record) => {
                if (plainSheet !== sheet) open(true);
                choice.chooseByte(plainSheet.records[record]!.from);
              }}
            />
          )}
          {width > 0 && body < sheet.bytes.length && (
            <ByteGrid
              {...grid}
              id={`${id}-body`}
              label={say('bytes.grid.body')}
              from={body}
              to={sheet.bytes.length}
              {...(packed
                ? { tight: true, rowHeight: grid.rowHeight - 20, mostRows: PACKED_ROWS }
                : { mostRows: least > 40 ? BODY_ROWS_TOUCH : BODY_ROWS })}
            />
          )}
          <Strip sheet={sheet} lit={choice.lit} onDetails={() => side.current?.scrollIntoView({ block: 'start' })} />
        </div>
        <div className="kb-side" ref={side}>
          <FieldCard sheet={sheet} inside={inside} lit={choice.lit} />
          <Change
            sheet={sheet}
            inside={inside}
            field={choice.field}
            byte={choice.byte}
            problem={edits.problem}
            onValue={(text) => act((now) => setValue(now, outer, choice.field, inside, text))}
            onBits={(bits, value) => act((now) => setBits(now, outer, choice.field, inside, bits, value))}
            onFlip={(bit) => act((now) => flip(now, choice.byte, bit, sheet.fields[choice.field]?.name ?? ''))}
          />
          <FieldList
            sheet={sheet}
            inside={inside}
            record={choice.record}
            lit={choice.lit}
            onField={choice.chooseField}
            onHover={choice.hoverField}
            onRecord={choice.chooseRecord}
          />
        </div>
        <div className="kb-after">
          <WhoNotices edits={edits} changed={changed} onFreshCrc={() => act(freshCrc)} onPutBack={() => act(putBack)} />
          <Out sheet={sheet} whole={edits.bytes} field={choice.field} segment={props.segment ?? null} />
        </div>
      </div>
    </section>
  );
}

function Compared(props: { outer: Sheet; formats: PackFormats | null; least: number }) {
  const { outer, formats, least } = props;
  const say = useSay();
  const records = useMemo(() => recordsOf(outer.inner ?? outer, outer), [outer]);
  const plain = useMemo(() => {
    const given = formats?.filter(({ codec }) => codec === 'none') ?? [];
    return given.length === 3 ? given : formatsOf(records);
  }, [formats, records]);
  if (plain === null) return <p className="kb-failure">{say('bytes.formats.none')}</p>;
  const headers = records.some(({ headerCount }) => headerCount > 0);
  return <FormatsView plain={plain} packed={formats} headers={headers} least={least} />;
}
