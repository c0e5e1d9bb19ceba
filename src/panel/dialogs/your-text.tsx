/** The learner's own lines: they become the values of the records that a producer sends. */
import { type DragEvent, useEffect, useMemo, useState } from 'react';
import { type LinesText, linesOf, utf8Length } from '../../protocol/text-lines.ts';
import { presentScenario } from '../../store/present.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FromChoice } from '../kit/from-choice.tsx';
import { MAX_TEXT_BYTES, readTextFile } from './read-file.ts';

/** Longer texts came from a file; a field would stand still under them. */
const MAX_EDITABLE = 200_000;

const isEditable = (values: LinesText): boolean =>
  values.text.length <= MAX_EDITABLE && values.separator === undefined && values.nullMarker === undefined;

/** Files with columns, of which one chooses. */
const isTable = (name: string): boolean => /\.(csv|tsv|jsonl|ndjson)$/i.test(name);

export default function YourTextDialog({ producer, onClose }: { producer: string; onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const [text, setText] = useState('');
  const [from, setFrom] = useState<'start' | 'now'>('start');
  const [unreadable, setUnreadable] = useState<string | null>(null);

  useEffect(() => {
    let wanted = true;
    presentScenario(store).then(
      ({ scenario }) => {
        const values = scenario.producers?.find(({ id }) => id === producer)?.workload?.values;
        if (wanted && values?.kind === 'lines' && isEditable(values))
          setText((now) => (now === '' ? values.text : now));
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [store, producer]);

  const bytes = useMemo(() => utf8Length(text), [text]);
  const lines = useMemo(() => linesOf(text).length, [text]);
  const tooLong = bytes > MAX_TEXT_BYTES;
  const fault = unreadable ?? (tooLong ? say('panel.text.too-long', { bytes, max: MAX_TEXT_BYTES }) : null);

  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer.files[0];
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (isTable(file.name) || file.size > MAX_TEXT_BYTES) {
      actions.openDialog({ kind: 'inout', tab: 'records', producer, file });
      return;
    }
    void readTextFile(file, MAX_TEXT_BYTES).then((answer) => {
      if (answer.ok) {
        setText(answer.text);
        setUnreadable(null);
      } else
        setUnreadable(say(`panel.file.${answer.fault}`, { name: file.name, bytes: file.size, max: MAX_TEXT_BYTES }));
    });
  };
  const send = (): void => {
    actions.workload(producer, text.replace(/\r\n?/g, '\n'), from);
    onClose();
  };
  return (
    <Dialog
      title={say('panel.text.title', { producer })}
      onClose={onClose}
      wide
      footer={
        <>
          <FromChoice value={from} onChange={setFrom} />
          <button type="button" className="ks-btn ks-btn-fill" disabled={lines === 0 || tooLong} onClick={send}>
            {say('panel.text.send')}
          </button>
        </>
      }
    >
      <p className="kp-mute">
        {say('panel.text.hint', { producer })}{' '}
        <button
          type="button"
          className="ks-link"
          onClick={() => actions.openDialog({ kind: 'inout', tab: 'records', producer })}
        >
          {say('inout.from-file')}
        </button>
      </p>
      <textarea
        className="ks-input ks-text"
        aria-label={say('panel.text.title', { producer })}
        aria-invalid={fault !== null || undefined}
        value={text}
        rows={10}
        data-autofocus
        spellCheck={false}
        placeholder={say('panel.text.placeholder')}
        onChange={(event) => {
          setText(event.target.value);
          setUnreadable(null);
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      />
      <p className={fault === null ? 'kp-mute ks-small' : 'ks-wrong'} aria-live="polite">
        {fault ?? say('panel.text.count', { lines, bytes, max: MAX_TEXT_BYTES })}
      </p>
    </Dialog>
  );
}
