/** The same records under five codecs: their bytes, the ratio, and how fast this browser's libraries are. One of them is chosen. */
import { PACK_CODECS, type PackRow, type PackSpeed } from '../../protocol/pack.ts';
import { codecsOf, FIRST_PACK } from '../../store/pack-spec.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { codecColour, usePack, usePackActions, useShown } from './use-pack.tsx';

export const speedText = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

function wayLabel(say: Say, row: PackRow, speed: PackSpeed | undefined): string {
  const size = say('pack.way', {
    codec: row.codec,
    bytes: row.sentBytes,
    ratio: row.sentRatio.toFixed(1),
    batches: row.batches,
  });
  if (speed === undefined) return size;
  return `${size} ${say('pack.way.speed', {
    compress: speedText(speed.compressMBps),
    decompress: speedText(speed.decompressMBps),
  })}`;
}

function Way(props: {
  codec: PackRow['codec'];
  row: PackRow | undefined;
  speed: PackSpeed | undefined;
  most: number;
  fastest: number;
}) {
  const { codec, row, speed, most, fastest } = props;
  const say = useSay();
  const actions = usePackActions();
  const chosen = usePack((state) => state.spec.codec === codec);
  const exists = usePack((state) => codecsOf(state.spec.magic).includes(codec));
  const colour = codecColour(codec);
  const part = (value: number, of: number): string => `${Math.max(0.4, (value / of) * 100)}%`;
  return (
    <button
      type="button"
      className="pk-way"
      aria-pressed={chosen}
      disabled={!exists}
      data-codec={codec}
      aria-label={row === undefined ? codec : wayLabel(say, row, speed)}
      title={say('pack.way.choose', { codec })}
      onClick={() => actions.ask({ codec })}
    >
      <span className="pk-way-name kp-mono">{codec}</span>
      <span className="pk-way-size">
        {row !== undefined && (
          <>
            <span className="pk-bars" style={{ width: part(Math.max(row.sentBytes, row.storedBytes), most) }}>
              <i
                className="pk-bar"
                style={{ width: part(row.sentBytes, Math.max(row.sentBytes, row.storedBytes)), background: colour }}
              />
              {row.sentBytes !== row.storedBytes && (
                <i
                  className="pk-stored"
                  style={{ width: part(row.storedBytes, Math.max(row.sentBytes, row.storedBytes)) }}
                />
              )}
            </span>
            <span className="pk-way-bytes kp-mono">
              {row.sentBytes === row.storedBytes
                ? say('pack.bytes', { bytes: row.sentBytes })
                : say('pack.bytes.two', { sent: row.sentBytes, stored: row.storedBytes })}
            </span>
          </>
        )}
        {row === undefined && !exists && <span className="kp-mute">{say('pack.way.none')}</span>}
      </span>
      <b className="pk-way-ratio">{row === undefined ? '' : `${row.sentRatio.toFixed(1)}×`}</b>
      <span className="pk-way-speeds">
        {speed !== undefined && (
          <>
            <i className="pk-thin" style={{ width: part(speed.compressMBps, fastest), background: colour }} />
            <i
              className="pk-thin"
              data-second
              style={{ width: part(speed.decompressMBps, fastest), background: colour }}
            />
          </>
        )}
      </span>
      <span className="pk-way-figures kp-mono">
        {speed !== undefined &&
          say('pack.speeds', { compress: speedText(speed.compressMBps), decompress: speedText(speed.decompressMBps) })}
      </span>
    </button>
  );
}

/** What the chosen codec's bytes are on the way and on the disks. */
function Chosen({ row }: { row: PackRow | undefined }) {
  const say = useSay();
  if (row === undefined) return <p className="pk-line">&nbsp;</p>;
  const { codec, batches, sentBytes: sent, storedBytes: stored, wireBytes: wire, replicaBytes: replicas } = row;
  return (
    <p className="pk-line" data-chosen={codec}>
      {say(sent === stored ? 'pack.chosen' : 'pack.chosen.repacked', { codec, batches, sent, stored })}{' '}
      {say(row.how === 'engine' ? 'pack.chosen.wire' : 'pack.chosen.packed', { wire, replicas })}
    </p>
  );
}

/** Where the speeds come from: said once, beside them. */
function Measured({ speeds }: { speeds: readonly PackSpeed[] }) {
  const say = useSay();
  const [first] = speeds;
  if (first === undefined) return <p className="pk-line kp-mute">{say('pack.measuring')}</p>;
  return (
    <p className="pk-line kp-mute" data-measured>
      {say('pack.measured', {
        repeats: first.repeats,
        warmUps: first.warmUps,
        libraries: speeds.map(({ codec, library }) => `${codec}: ${library}`).join(' · '),
      })}
    </p>
  );
}

export function Ways() {
  const say = useSay();
  const { shown: rows, stale } = useShown('rows');
  const { shown: speeds, stale: oldSpeeds } = useShown('speeds');
  const records = usePack((state) => state.shown.records?.value.records ?? null);
  const codec = usePack((state) => state.spec.codec);
  const ways = codecsOf((rows?.spec ?? FIRST_PACK).magic).length;
  const all = rows?.value ?? [];
  const measured = speeds?.value ?? [];
  const most = Math.max(1, ...all.flatMap(({ sentBytes, storedBytes }) => [sentBytes, storedBytes]));
  const fastest = Math.max(1, ...measured.flatMap((speed) => [speed.compressMBps, speed.decompressMBps]));
  return (
    <section className="pk-section" aria-labelledby="pk-ways">
      <header className="pk-head">
        <h2 id="pk-ways">
          {records === null ? say('pack.ways.none') : say(ways === 4 ? 'pack.ways.4' : 'pack.ways.5', { records })}
        </h2>
        <p className="kp-mute ks-small">{say('pack.ways.says')}</p>
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid of rows in every browser */}
      <div
        className="pk-ways"
        role="group"
        aria-label={say('pack.ways.choose')}
        data-stale={stale || undefined}
        data-old-speeds={oldSpeeds || undefined}
      >
        {PACK_CODECS.map((each) => (
          <Way
            key={each}
            codec={each}
            row={all.find((row) => row.codec === each)}
            speed={measured.find((speed) => speed.codec === each)}
            most={most}
            fastest={fastest}
          />
        ))}
        <div className="pk-ways-foot" aria-hidden="true">
          <span />
          <span>{say('pack.ways.bytes')}</span>
          <span>{say('pack.ways.ratio')}</span>
          <span>{say('pack.ways.speed')}</span>
          <span />
        </div>
      </div>
      <div data-stale={stale || undefined}>
        <Chosen row={all.find((row) => row.codec === codec)} />
      </div>
      <div data-stale={oldSpeeds || undefined}>
        <Measured speeds={measured} />
      </div>
    </section>
  );
}
