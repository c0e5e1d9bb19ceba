/** A file of records as far as it has been read; the reading itself is in a worker. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  RecordRead,
  RecordsColumn,
  RecordsFault,
  RecordsOptions,
  RecordsRead,
} from '../../../protocol/records-file.ts';
import type { TextFault } from '../../../protocol/text-bytes.ts';
import type { FromRecords, ToRecords } from './records-worker.ts';

export interface OpenFile {
  readonly name: string;
  readonly source: Blob;
  readonly options: RecordsOptions | null;
  readonly columns: readonly RecordsColumn[];
  readonly rows: readonly RecordRead[];
  /** 0 to 1 while it is read; null when that is over. */
  readonly progress: number | null;
  readonly read: RecordsRead | null;
  readonly fault: RecordsFault | null;
  /** The file is no text at all. */
  readonly unreadable: TextFault | 'unreadable' | null;
}

export interface Records {
  readonly file: OpenFile | null;
  open(source: Blob, name: string, options?: RecordsOptions | null): void;
  look(options: RecordsOptions): void;
  /** Ends the reading and forgets the file. */
  close(): void;
}

const FRESH = { options: null, columns: [], rows: [], progress: 0, read: null, fault: null, unreadable: null } as const;

function after(file: OpenFile, message: FromRecords): OpenFile {
  switch (message.type) {
    case 'not-text':
      return { ...file, progress: null, unreadable: message.fault ?? 'unreadable' };
    case 'look':
      return { ...file, options: message.options, columns: message.columns, rows: message.rows, progress: 0 };
    case 'progress':
      return { ...file, progress: message.done };
    case 'read':
      return message.result.ok
        ? { ...file, progress: null, read: message.result.read, fault: null }
        : { ...file, progress: null, read: null, fault: message.result.fault };
  }
}

export function useRecords(): Records {
  const worker = useRef<Worker | null>(null);
  const job = useRef(0);
  const [file, setFile] = useState<OpenFile | null>(null);

  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => end, [end]);

  const open = useCallback(
    (source: Blob, name: string, options: RecordsOptions | null = null) => {
      end();
      job.current = 0;
      const reader = new Worker(new URL('./records-worker.ts', import.meta.url), { type: 'module' });
      worker.current = reader;
      setFile({ ...FRESH, name, source });
      reader.onmessage = ({ data }: MessageEvent<FromRecords>) => {
        // Answers to a choice that was made anew meanwhile are old.
        if (worker.current !== reader || ('job' in data && data.job !== job.current)) return;
        setFile((now) => (now === null ? null : after(now, data)));
      };
      reader.onerror = () =>
        setFile((now) => (now === null ? null : { ...now, progress: null, unreadable: 'unreadable' }));
      const request: ToRecords = { type: 'open', source, name, options };
      reader.postMessage(request);
    },
    [end],
  );
  const look = useCallback((options: RecordsOptions) => {
    job.current += 1;
    setFile((now) => (now === null ? null : { ...now, options, progress: 0, read: null, fault: null }));
    const request: ToRecords = { type: 'look', job: job.current, options };
    worker.current?.postMessage(request);
  }, []);
  const close = useCallback(() => {
    end();
    setFile(null);
  }, [end]);
  return { file, open, look, close };
}
