/** One column near by: what a stripe is too narrow to show, in the same drawing, only wide. */
import { type ReactElement, useMemo } from 'react';
import type { Frame } from '../protocol/frame.ts';
import { text } from '../text/index.ts';
import { followBase } from './axis.ts';
import { topOf } from './derive.ts';
import { Heads } from './heads.tsx';
import { layOut } from './layout.ts';
import { StageId, useStageId } from './parts/thing.tsx';
import { Scene, type SceneProps } from './scene.tsx';

const WIDTH = 376;

/** The frame with one partition, the brokers that hold it, and the groups that read it. Pure. */
export function frameOfColumn(frame: Frame, name: string): Frame | null {
  const partition = frame.partitions.find((p) => p.name === name);
  if (partition === undefined) return null;
  const holds = new Set(partition.replicas.map((r) => r.broker));
  return {
    ...frame,
    partitions: [partition],
    brokers: frame.brokers.filter((b) => holds.has(b.id)),
    controllers: [],
    producers: [],
    consumers: frame.consumers.filter((c) => c.positions.some((p) => p.partition === name)),
    groups: frame.groups.filter((g) => g.partitions.some((p) => p.partition === name)),
  };
}

export function CloseView(props: {
  readonly scene: SceneProps;
  readonly name: string;
  /** The room of the stage, and on which side of it the column is not. */
  readonly side: 'left' | 'right';
  readonly room: { readonly width: number; readonly height: number };
  /** It was chosen, not only pointed at: it stays, and can be worked with. */
  readonly pinned: boolean;
  onClose(): void;
}): ReactElement | null {
  const { scene, name } = props;
  const { language } = scene;
  const id = `${useStageId()}close`;
  const frame = useMemo(() => frameOfColumn(scene.frame, name), [scene.frame, name]);
  const brokers = frame?.brokers.length ?? 0;
  const groups = frame?.groups.length ?? 0;
  const consumers = frame?.consumers.length ?? 0;
  const width = Math.min(WIDTH, props.room.width - 16);
  const textSize = scene.layout.text;
  const layout = useMemo(
    () =>
      layOut({
        width,
        height: Math.min(props.room.height - 60, 100 + brokers * 84 + (groups + consumers) * 58),
        brokers,
        partitions: 1,
        producers: 0,
        consumers,
        controllers: 0,
        groups: Array.from({ length: groups }, () => 0),
        text: textSize,
      }),
    [width, props.room.height, brokers, groups, consumers, textSize],
  );
  if (frame === null) return null;
  const partition = frame.partitions[0] as Frame['partitions'][number];
  const top = topOf(partition);
  const inner: SceneProps = {
    ...scene,
    frame,
    layout,
    bases: new Map([[name, followBase(top, layout.slots)]]),
    tops: new Map([[name, top]]),
    scrolled: new Set(),
    headings: [],
    all: [],
  };
  return (
    <section
      className={`ks-close ${props.pinned ? '' : 'ks-close-glance'}`}
      data-thing={`partition:${name}`}
      style={{ width, [props.side]: 8, maxHeight: props.room.height - 16 }}
      aria-label={text(language, 'stage.close.label', { name })}
    >
      {props.pinned ? (
        <button
          type="button"
          className="ks-close-button"
          data-stop=""
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            props.onClose();
          }}
          aria-label={text(language, 'stage.close.close')}
        >
          ×
        </button>
      ) : null}
      <StageId.Provider value={id}>
        <div className="ks-close-scene" style={{ height: layout.height }}>
          <div className="ks-sticky" style={{ width: layout.headWidth, height: layout.height }}>
            <Heads {...inner} />
          </div>
          <Scene {...inner} />
        </div>
      </StageId.Provider>
    </section>
  );
}
