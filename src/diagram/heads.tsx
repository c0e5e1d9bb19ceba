import { Fragment, type ReactElement } from 'react';
import { text } from '../text/index.ts';
import { ringProps, ringsByThing, sessionRing, soonest } from './derive.ts';
import { useGroupParts, useLateParts } from './late.ts';
import { BrokerHead, brokerState, ControllerChip } from './parts/broker-head.tsx';
import { markOf } from './parts/thing.tsx';
import { bands, needsLate, type SceneProps } from './scene.tsx';

/** The row heads: they stay at the left edge while columns scroll under them. */
export function Heads(p: SceneProps): ReactElement {
  const { frame, layout, language, marks } = p;
  const rings = ringsByThing(frame);
  const late = useLateParts(needsLate(p));
  const grouped = useGroupParts(frame.groups.length > 0);
  const topics = p.info.topics.map((t) => t.name);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset.
    <svg
      className="ks-svg ks-heads"
      width={layout.headWidth}
      height={layout.height}
      role="group"
      aria-label={text(language, 'stage.heads')}
    >
      <rect width={layout.headWidth} height={layout.height} fill="var(--bg)" />
      {bands(frame, layout)}
      {frame.controllers.map((c, index) => {
        const state =
          c.state === 'up'
            ? {
                text: text(language, layout.narrow ? 'stage.controller.up.short' : 'stage.controller.up'),
                tone: 'mute' as const,
              }
            : brokerState(c, frame.atUs, language);
        const thing = `controller:${c.id}`;
        return (
          <ControllerChip
            key={c.id}
            layout={layout}
            id={c.id}
            index={index}
            count={frame.controllers.length}
            state={state.text}
            tone={state.tone}
            language={language}
            mark={markOf(marks, thing)}
            selected={marks.selection === thing}
          />
        );
      })}
      {frame.brokers.map((b, row) => {
        const thing = `broker:${b.id}`;
        const state = brokerState(b, frame.atUs, language);
        return (
          <BrokerHead
            key={b.id}
            layout={layout}
            row={row}
            id={b.id}
            state={state.text}
            tone={state.tone}
            button={b.state === 'up' ? 'break' : b.state === 'paused' ? 'resume' : 'restart'}
            language={language}
            mark={markOf(marks, thing)}
            selected={marks.selection === thing}
            ring={sessionRing(b, soonest(rings.get(thing), ['session']), frame.atUs, language)}
          />
        );
      })}
      {grouped === null ? null : <grouped.GroupHeads p={p} />}
      {frame.consumers.map((c, index) => {
        if (late === null) return null;
        const thing = `consumer:${c.id}`;
        const read = new Set(c.positions.map((x) => frame.partitions.find((y) => y.name === x.partition)?.topic));
        const state = late.readerState(c, topics.filter((t) => read.has(t)).join(', '), language);
        const ring = soonest(rings.get(thing), ['fetch-wait']);
        return (
          <Fragment key={c.id}>
            <late.ReaderHead
              layout={layout}
              index={index}
              id={c.id}
              state={state.text}
              tone={state.tone}
              language={language}
              mark={markOf(marks, thing)}
              selected={marks.selection === thing}
              ring={ringProps(ring, 'stage.reader.wait', frame.atUs, language)}
            />
          </Fragment>
        );
      })}
    </svg>
  );
}
