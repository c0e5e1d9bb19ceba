/** Requests with Kafka's own field names, as a tree that opens. */
import { memo } from 'react';
import type { RequestView } from '../../protocol/frame.ts';
import { useActions, useSay } from '../../store/use-app.tsx';
import { ThingLink } from '../kit/thing-name.tsx';
import { useDetail } from './use-detail.ts';

const MAX_ITEMS = 200;

function Tree({ name, value, open = false }: { name: string; value: unknown; open?: boolean }) {
  if (typeof value !== 'object' || value === null) {
    return (
      <li>
        <span className="kp-mute">{name}</span> {typeof value === 'string' ? value : String(value)}
      </li>
    );
  }
  const entries = Object.entries(value);
  if (entries.length === 0) {
    return (
      <li>
        <span className="kp-mute">{name}</span> {Array.isArray(value) ? '[ ]' : '{ }'}
      </li>
    );
  }
  return (
    <li>
      <details open={open}>
        <summary>
          {name}
          {Array.isArray(value) ? ` [${entries.length}]` : ''}
        </summary>
        <ul>
          {entries.slice(0, MAX_ITEMS).map(([key, item]) => (
            <Tree key={key} name={key} value={item} open={entries.length === 1} />
          ))}
          {entries.length > MAX_ITEMS && <li className="kp-mute">… {entries.length - MAX_ITEMS}</li>}
        </ul>
      </details>
    </li>
  );
}

const Request = memo(function Request({ request }: { request: RequestView }) {
  const say = useSay();
  const actions = useActions();
  const took = request.answeredUs === null ? null : request.answeredUs - request.sentUs;
  const point = (): void => actions.setHighlight([request.from, request.to]);
  return (
    <li className="ks-request" onPointerEnter={point} onPointerLeave={() => actions.setHighlight([])}>
      <p className="ks-request-head">
        <button
          type="button"
          className="ks-time"
          title={say('panel.line.jump')}
          aria-label={say('panel.line.jump-to', { at: request.sentUs })}
          onClick={() => {
            actions.pause();
            actions.seek(request.sentUs);
          }}
        >
          {(request.sentUs / 1e6).toFixed(3)}
        </button>
        <b>{request.api}</b>
        <span className={request.error === null ? 'kp-mute' : 'ks-wrong'}>
          {request.error ?? (took === null ? say('panel.request.open') : say('panel.request.took', { took }))}
        </span>
      </p>
      <p className="ks-small ks-request-way">
        <ThingLink thing={request.from} /> → <ThingLink thing={request.to} />
        <span className="kp-mute"> · {say('panel.request.meta', { ...meta(request) })}</span>
      </p>
      <ul className="ks-tree">
        <Tree name={say('panel.request.request')} value={request.request} />
        {request.response !== null && request.response !== undefined && (
          <Tree name={say('panel.request.response')} value={request.response} />
        )}
      </ul>
    </li>
  );
});

function meta({ apiKey, apiVersion, correlationId, sizeBytes }: RequestView) {
  return { key: apiKey, version: apiVersion, correlation: correlationId, size: sizeBytes };
}

export function RequestsTab() {
  const say = useSay();
  const detail = useDetail('requests');
  if (detail === null) return null;
  if (detail.requests.length === 0) return <p className="kp-empty">{say('panel.requests.none')}</p>;
  return (
    <ol className="ks-lines">
      {[...detail.requests].reverse().map((request) => (
        <Request key={request.id} request={request} />
      ))}
    </ol>
  );
}
