/** What the producer and the topic are set to: each change packs the records anew. */

import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import type { PackRow, PackSpec } from '../../protocol/pack.ts';
import { chosenRow } from '../../store/pack.ts';
import {
  codecsOf,
  FIRST_PACK,
  isLeveled,
  LEVELS,
  MAGICS,
  MOST,
  repacks,
  topicCodecsOf,
} from '../../store/pack-spec.ts';
import { useSay } from '../../store/use-app.tsx';
import { Segmented } from '../kit/segmented.tsx';
import { ValueField } from './field.tsx';
import { usePack, usePackActions } from './use-pack.tsx';
import { sizeOfText, sizeText, workTime } from './words.ts';

/** The same key at the producer and at the topic. */
const CODEC_KEY = 'compression.type';

/** What is set beside a value: fine alone, it may be refused with the others. */
const othersOf = (spec: PackSpec): ConfigEntries => [
  ['batch.size', String(spec.batchSizeBytes)],
  ['compression.type', spec.codec],
  ['linger.ms', String(spec.lingerMs)],
];

function Level({ spec }: { spec: PackSpec }) {
  const say = useSay();
  const actions = usePackActions();
  if (!isLeveled(spec.codec) || spec.magic !== 2) return null;
  const { key, default: usual } = LEVELS[spec.codec];
  return (
    <ValueField
      key={key}
      configKey={key}
      label={key}
      value={spec.level ?? usual}
      least={-131_072}
      most={22}
      others={othersOf(spec)}
      isDefault={spec.level === null || spec.level === usual}
      onChange={(level) => actions.ask({ level: level === usual ? null : level })}
    >
      {say(`pack.level.${spec.codec}`)}
    </ValueField>
  );
}

function Codec({ spec }: { spec: PackSpec }) {
  const say = useSay();
  const actions = usePackActions();
  return (
    <div className="pk-par">
      <div className="pk-par-line">
        <span className="kp-mono">{CODEC_KEY}</span>
        <span className="pk-seg kp-mono">
          <Segmented<CompressionType>
            label={say('pack.codec')}
            value={spec.codec}
            options={codecsOf(spec.magic).map((value) => ({ value, label: value }))}
            onChange={(codec) => actions.ask({ codec })}
          />
        </span>
      </div>
    </div>
  );
}

function Format({ spec }: { spec: PackSpec }) {
  const say = useSay();
  const actions = usePackActions();
  return (
    <div className="pk-par">
      <div className="pk-par-line">
        <span>{say('pack.format')}</span>
        <span className="pk-seg kp-mono">
          <Segmented
            label={say('pack.format')}
            value={String(spec.magic)}
            options={MAGICS.map((magic) => ({ value: String(magic), label: `v${magic}` }))}
            onChange={(value) => actions.ask({ magic: Number(value) as PackSpec['magic'] })}
          />
        </span>
      </div>
      <small>{say(`pack.format.v${spec.magic}`)}</small>
    </div>
  );
}

export function ProducerSettings() {
  const say = useSay();
  const actions = usePackActions();
  const spec = usePack((state) => state.spec);
  return (
    <section aria-label={say('pack.producer')}>
      <h3 className="pk-group">{say('pack.producer')}</h3>
      <Codec spec={spec} />
      <Level spec={spec} />
      <ValueField
        configKey="batch.size"
        label="batch.size"
        value={spec.batchSizeBytes}
        shown={sizeText(spec.batchSizeBytes)}
        read={sizeOfText}
        most={MOST.batchSizeBytes}
        others={othersOf(spec)}
        isDefault={spec.batchSizeBytes === FIRST_PACK.batchSizeBytes}
        onChange={(batchSizeBytes) => actions.ask({ batchSizeBytes })}
      >
        {say('pack.batch-size.says')}
      </ValueField>
      <ValueField
        configKey="linger.ms"
        label="linger.ms"
        value={spec.lingerMs}
        most={MOST.lingerMs}
        others={othersOf(spec)}
        isDefault={spec.lingerMs === FIRST_PACK.lingerMs}
        onChange={(lingerMs) => actions.ask({ lingerMs })}
      >
        {say('pack.linger.says')}
      </ValueField>
      <ValueField
        configKey={null}
        label={say('pack.rate')}
        value={spec.ratePerSecond}
        shown={say('panel.number', { value: spec.ratePerSecond })}
        least={1}
        most={MOST.rate}
        isDefault={spec.ratePerSecond === FIRST_PACK.ratePerSecond}
        onChange={(ratePerSecond) => actions.ask({ ratePerSecond })}
      >
        {say('pack.rate.says')}
      </ValueField>
      <Format spec={spec} />
    </section>
  );
}

/** What the leader had to do to these batches because of the topic's compression.type, from the run. */
function BrokerSays({ spec, row }: { spec: PackSpec; row: PackRow | null }) {
  const say = useSay();
  if (row === null) return <small>&nbsp;</small>;
  const again = repacks(spec.codec, spec.brokerCodec);
  const us = row.work
    .filter(({ who, what }) => who === 'leader' && (what === 'decompress' || what === 'compress'))
    .reduce((sum, { totalUs }) => sum + totalUs, 0);
  const key = again ? 'pack.topic.repacks' : spec.brokerCodec === 'producer' ? 'pack.topic.keeps' : 'pack.topic.same';
  return (
    <small className={key === 'pack.topic.same' ? undefined : 'pk-warn'} data-topic-says>
      {say(key, { batches: row.batches, time: workTime(us, say.language) })}
    </small>
  );
}

export function TopicSettings() {
  const say = useSay();
  const actions = usePackActions();
  const spec = usePack((state) => state.spec);
  const row = usePack(chosenRow);
  const shownOf = usePack((state) => state.shown.rows?.spec ?? null);
  const stale = shownOf !== spec;
  return (
    <section aria-label={say('pack.topic')}>
      <h3 className="pk-group">{say('pack.topic')}</h3>
      <div className="pk-par">
        <p className="kp-mono pk-name">{CODEC_KEY}</p>
        <span className="pk-seg pk-seg-grid kp-mono">
          <Segmented<PackSpec['brokerCodec']>
            label={say('pack.topic.codec')}
            value={spec.brokerCodec}
            options={topicCodecsOf(spec.magic).map((value) => ({ value, label: value }))}
            onChange={(brokerCodec) => actions.ask({ brokerCodec })}
          />
        </span>
        <div data-stale={stale || undefined}>
          <BrokerSays spec={shownOf ?? spec} row={row} />
        </div>
      </div>
    </section>
  );
}
