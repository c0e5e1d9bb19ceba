/** The glossary: a find box, every word in its group, and the entry of the one that is looked at. */
import { useEffect, useId, useRef, useState } from 'react';
import { useActions, useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { seeIn } from './see.ts';
import { TERM_GROUPS, TERMS, type TermEntry, termEntry } from './terms.ts';
import './glossary.css';

function SeeIt({ entry, onClose }: { entry: TermEntry; onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const store = useAppStore();
  const selection = useApp((state) => state.selection);
  // The frame changes sixty times a second; which thing shows the word does not.
  const place = useApp((state) => {
    const found = entry.see === null ? null : seeIn(entry.see, state.frame, selection);
    return found === null ? '' : `${found.tab} ${found.thing}`;
  });
  const { see } = entry;
  if (see === null) return null;
  if ('ledger' in see) {
    return (
      <button
        type="button"
        className="ks-btn"
        onClick={() => actions.openDialog({ kind: 'ledger', which: see.ledger })}
      >
        {say('glossary.see.ledger')}
      </button>
    );
  }
  if (place === '') return <p className="kp-mute ks-small">{say('glossary.see.nothing')}</p>;
  const show = (): void => {
    const found = seeIn(see, store.getState().frame, store.getState().selection);
    if (found === null) return;
    onClose();
    actions.select(found.thing, found.tab);
    actions.setSheet('inspector');
  };
  return (
    <button type="button" className="ks-btn" onClick={show}>
      {say(see.tab === 'parameters' ? 'glossary.see.parameter' : 'glossary.see')}
    </button>
  );
}

function Entry(props: { entry: TermEntry; onGo: (id: string) => void; onClose: () => void }) {
  const { entry, onGo } = props;
  const say = useSay();
  return (
    <article className="ks-entry">
      <h3 className="ks-entry-title">{say(`term.${entry.id}`)}</h3>
      <p>{say(`term.${entry.id}.says`)}</p>
      <SeeIt entry={entry} onClose={props.onClose} />
      {entry.related.length > 0 && (
        <p className="ks-entry-related">
          <span className="kp-mute">{say('glossary.related')}</span>
          {entry.related.map((id) => (
            <button key={id} type="button" className="ks-link" onClick={() => onGo(id)}>
              {say(`term.${id}`)}
            </button>
          ))}
        </p>
      )}
      {entry.kafka !== '' && (
        <p className="ks-small kp-mute">
          {say('glossary.in-kafka')} <code>{entry.kafka}</code>
        </p>
      )}
    </article>
  );
}

/** Everything that stands on the page of a word is searched, and Kafka's own name of it. */
function matches(entry: TermEntry, find: string, say: ReturnType<typeof useSay>): boolean {
  const all = `${say(`term.${entry.id}`)} ${say(`term.${entry.id}.says`)} ${entry.kafka} ${entry.id}`;
  return all.toLowerCase().includes(find.trim().toLowerCase());
}

export default function GlossaryDialog({ term, onClose }: { term: string; onClose: () => void }) {
  const say = useSay();
  const findId = useId();
  const [shown, setShown] = useState(term);
  const [find, setFind] = useState('');
  const article = useRef<HTMLDivElement>(null);
  useEffect(() => setShown(term), [term]);
  const entry = termEntry(shown);
  const found = TERMS.filter((each) => matches(each, find, say));
  const go = (id: string): void => {
    setShown(id);
    // After the page has made room for it: on a narrow one the entry stands above the list.
    requestAnimationFrame(() => {
      article.current?.scrollIntoView({ block: 'nearest' });
      article.current?.focus({ preventScroll: true });
    });
  };
  return (
    <Dialog title={say('glossary.title')} onClose={onClose} wide>
      <div className="ks-glossary" data-open={entry === null ? 'no' : 'yes'}>
        <div ref={article} className="ks-glossary-entry" tabIndex={-1} aria-live="polite">
          {entry !== null && <Entry entry={entry} onGo={go} onClose={onClose} />}
        </div>
        <nav className="ks-glossary-list" aria-label={say('glossary.list')}>
          <label className="ks-hidden" htmlFor={findId}>
            {say('glossary.find')}
          </label>
          <input
            id={findId}
            type="search"
            className="ks-input"
            placeholder={say('glossary.find')}
            value={find}
            data-autofocus={entry === null || undefined}
            onChange={(event) => setFind(event.target.value)}
          />
          <p className="ks-small kp-mute" role="status">
            {found.length === 0 ? say('glossary.none', { text: find }) : say('glossary.count', { count: found.length })}
          </p>
          <div className="ks-glossary-groups">
            {TERM_GROUPS.map((group) => {
              const entries = found.filter((each) => each.group === group);
              if (entries.length === 0) return null;
              return (
                <section key={group}>
                  <h3>{say(`glossary.group.${group}`)}</h3>
                  <ul>
                    {entries.map(({ id }) => (
                      <li key={id}>
                        <button
                          type="button"
                          className="ks-link"
                          aria-current={id === shown || undefined}
                          onClick={() => go(id)}
                        >
                          {say(`term.${id}`)}
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              );
            })}
          </div>
        </nav>
      </div>
    </Dialog>
  );
}
