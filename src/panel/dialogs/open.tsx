/** Opens a scenario file: chosen or dropped. What is wrong with it becomes a page that says where and what would be right. */
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { LAB_IDS, loadScenario } from '../../scenario/index.ts';
import { browserStorage, readScenario, type SavedScenario } from '../../store/persistence.ts';
import { keepPresent } from '../../store/persistence-write.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { openScenarioFile } from './open-file.ts';
import { STORY_IDS } from './stories.ts';
import { StoryList } from './story-list.tsx';

export default function OpenDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [labs, setLabs] = useState<readonly { id: string; title: string }[]>([]);
  const actions = useActions();
  const [before, setBefore] = useState<SavedScenario | null>(null);
  useEffect(() => {
    void readScenario(browserStorage(), 'before').then(setBefore);
  }, []);
  useEffect(() => {
    let wanted = true;
    const titles = LAB_IDS.filter((id) => !STORY_IDS.includes(id)).map(async (id) => ({
      id,
      title: (await loadScenario(id)).title ?? id,
    }));
    Promise.all(titles).then(
      (list) => wanted && setLabs(list),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  const lab = async (id: string): Promise<void> => {
    const { actions, language } = store.getState();
    try {
      const scenario = await loadScenario(id, language);
      await keepPresent(store);
      actions.wantLesson(false);
      const group = STORY_IDS.includes(id)
        ? scenario.consumers?.find((c) => c.assign === undefined)?.config?.['group.id']
        : undefined;
      // A story of a group is read beside it.
      actions.open(scenario, { play: true, selection: group === undefined ? null : `group:${group}` });
      if (group !== undefined) actions.setTab('state');
      onClose();
    } catch {
      actions.notice({ key: 'panel.open.offline', params: {} }, 'refusal');
    }
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    await openScenarioFile(store, file);
    onClose();
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    void take(event.dataTransfer.files[0]);
  };
  return (
    <Dialog title={say('panel.open.title')} onClose={onClose}>
      <p className="kp-mute">{say('panel.open.hint')}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        className="ks-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{say('panel.open.drop')}</p>
        <button type="button" className="ks-btn ks-btn-fill" onClick={() => input.current?.click()}>
          {say('panel.open.choose')}
        </button>
        <input
          ref={input}
          type="file"
          className="ks-hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept=".json,application/json"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </div>
      {before !== null && (
        <>
          <h3>{say('panel.open.before')}</h3>
          <button
            type="button"
            className="ks-link"
            onClick={() => {
              actions.open(before.scenario, { off: before.off });
              onClose();
            }}
          >
            {before.scenario.title ?? say('panel.open.untitled')}
          </button>
        </>
      )}
      <StoryList onOpen={(id) => void lab(id)} />
      <h3>{say('panel.open.labs')}</h3>
      <ul className="ks-labs">
        {labs.map(({ id, title }) => (
          <li key={id}>
            <button type="button" className="ks-link" onClick={() => void lab(id)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
