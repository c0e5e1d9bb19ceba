/** What a member, and the coordinator, are in at the cursor, and what they have been in and will be. */
import { useState } from 'react';
import type { LabRun, LabStep } from '../../protocol/lab.ts';
import { spanAt } from '../../store/lab-cursor.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { Coloured } from './coloured.tsx';
import { toneOf } from './head-lanes.tsx';
import { useLabActions } from './use-lab.tsx';
import { seconds, stateName } from './words.ts';

const MOST_NAMED = 8;

/** "orders-0, orders-1 and 3 more" */
function few(say: Say, names: readonly string[]): string {
  if (names.length === 0) return say('lab.none');
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length <= MOST_NAMED ? shown : `${shown} ${say('lab.more', { count: names.length - MOST_NAMED })}`;
}

interface Moment {
  readonly fromUs: number;
  readonly text: string;
  readonly tone?: string;
}

/** States one after the other; each leads the cursor to where it begins. */
function History({ run, moments, atUs }: { run: LabRun; moments: readonly Moment[]; atUs: number }) {
  const say = useSay();
  const actions = useLabActions();
  const now = moments.findLastIndex(({ fromUs }) => fromUs <= atUs);
  return (
    <ol className="kl-history">
      {moments.map(({ fromUs, text, tone }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several may be of one microsecond, their order is their name
        <li key={i} data-tone={tone} aria-current={i === now ? 'step' : undefined}>
          <button
            type="button"
            className="ks-time"
            aria-label={say('lab.history.go', { at: fromUs })}
            onClick={() => {
              actions.play(false);
              actions.setAt(fromUs);
            }}
          >
            {seconds(fromUs)}
          </button>
          <span>
            <Coloured text={text} run={run} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Facts({ run, facts }: { run: LabRun; facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="kl-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Coloured text={value} run={run} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What happened, as the page's log tells it. */
function Told({ run, atUs }: { run: LabRun; atUs: number }) {
  const say = useSay();
  if (run.told.length === 0) return null;
  return (
    <>
      <h3 className="kl-sub">{say('lab.told')}</h3>
      <History
        run={run}
        atUs={atUs}
        moments={run.told.map(({ atUs: fromUs, words }) => ({ fromUs, text: say.words(words) }))}
      />
    </>
  );
}

export function MemberTab({ run, step, atUs }: { run: LabRun; step: LabStep | null; atUs: number }) {
  const say = useSay();
  const [chosen, setChosen] = useState<string | null>(null);
  const followed = step?.consumer ?? run.members[0]?.consumer ?? '';
  const consumer = chosen ?? followed;
  const member = run.members.find((each) => each.consumer === consumer);
  if (member === undefined) return <p className="kp-mute">{say('lab.member.none')}</p>;
  const span = spanAt(member.spans, atUs);
  return (
    <>
      <label className="kl-choose">
        <span className="kp-mute ks-small">{say('lab.member.which')}</span>
        <select
          className="ks-select"
          value={chosen ?? ''}
          onChange={(event) => setChosen(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{say('lab.member.followed', { consumer: followed })}</option>
          {run.members.map((each) => (
            <option key={each.consumer} value={each.consumer}>
              {each.consumer}
            </option>
          ))}
        </select>
      </label>
      {span !== null && (
        <Facts
          run={run}
          facts={[
            [say('lab.fact.member'), consumer],
            [say('lab.fact.state'), stateName(say, span.state)],
            [say('lab.fact.epoch'), span.epoch < 0 ? say('lab.none') : String(span.epoch)],
            [say('lab.fact.owns'), few(say, span.owned)],
            [say('lab.fact.since'), say('lab.fact.since.at', { at: span.fromUs })],
          ]}
        />
      )}
      <History
        run={run}
        atUs={atUs}
        moments={member.spans
          .filter(({ untilUs }) => untilUs > run.triggerUs)
          .map(({ fromUs, state, epoch, owned }) => ({
            fromUs,
            text: say(epoch < 0 ? 'lab.history.member.none' : 'lab.history.member', {
              state: stateName(say, state),
              epoch,
              count: owned.length,
            }),
          }))}
      />
    </>
  );
}

export function CoordinatorTab({ run, atUs }: { run: LabRun; atUs: number }) {
  const say = useSay();
  const span = spanAt(run.coordinator, atUs);
  return (
    <>
      {span !== null && (
        <Facts
          run={run}
          facts={[
            [say('lab.fact.group'), run.group],
            [
              say('lab.fact.broker'),
              span.broker < 0 ? say('lab.none') : say('lab.coordinator.broker', { broker: span.broker }),
            ],
            [say('lab.fact.state'), span.state === '' ? say('lab.coordinator.none') : stateName(say, span.state)],
            [
              say(/consumer/.test(run.variant) ? 'lab.fact.group-epoch' : 'lab.fact.generation'),
              span.epoch < 0 ? say('lab.none') : String(span.epoch),
            ],
            [say('lab.fact.waits'), few(say, span.waitsFor)],
            [say('lab.fact.since'), say('lab.fact.since.at', { at: span.fromUs })],
          ]}
        />
      )}
      <History
        run={run}
        atUs={atUs}
        moments={run.coordinator
          .filter(({ untilUs }) => untilUs > run.triggerUs)
          .map(({ fromUs, state, epoch, waitsFor }) => ({
            fromUs,
            tone: toneOf(state),
            text:
              state === ''
                ? say('lab.coordinator.none')
                : waitsFor.length === 0
                  ? `${stateName(say, state)} · ${epoch}`
                  : `${stateName(say, state)} · ${epoch} · ${say('lab.coordinator.waits', { members: few(say, waitsFor) })}`,
          }))}
      />
      <Told run={run} atUs={atUs} />
    </>
  );
}
