/** Files that were used before: chosen again or deleted. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RecordsOptions } from '../../../protocol/records-file.ts';
import { deleteKept, type KeptFile, listKept, readKept } from '../../../store/kept-records.ts';
import { browserStorage } from '../../../store/persistence.ts';
import { useActions, useSay } from '../../../store/use-app.tsx';

export function KeptList({ onChoose }: { onChoose: (source: Blob, name: string, options: RecordsOptions) => void }) {
  const say = useSay();
  const actions = useActions();
  const [storage] = useState(browserStorage);
  const [kept, setKept] = useState<readonly KeptFile[]>([]);
  useEffect(() => {
    let wanted = true;
    void listKept(storage).then((list) => wanted && setKept(list));
    return () => {
      wanted = false;
    };
  }, [storage]);
  if (kept.length === 0) return null;
  const choose = async (file: KeptFile): Promise<void> => {
    const content = await readKept(storage, file.id);
    if (content === null) actions.notice({ key: 'inout.kept.gone', params: { name: file.name } }, 'refusal');
    else onChoose(content, file.name, file.options);
  };
  const remove = async (file: KeptFile): Promise<void> => {
    const done = await deleteKept(storage, file.id);
    if (done) setKept(kept.filter(({ id }) => id !== file.id));
    else actions.notice({ key: 'app.notice.storage', params: {} });
  };
  return (
    <>
      <h3>{say('inout.kept')}</h3>
      <ul className="ks-io-kept">
        {kept.map((file) => (
          <li key={file.id}>
            <button type="button" className="ks-link" onClick={() => void choose(file)}>
              {file.name}
            </button>
            <span className="kp-mute ks-small">{say('inout.kept.size', { bytes: file.bytes })}</span>
            <button
              type="button"
              className="ks-icon ks-quiet"
              aria-label={say('inout.kept.delete', { name: file.name })}
              title={say('inout.kept.delete', { name: file.name })}
              onClick={() => void remove(file)}
            >
              <X size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
