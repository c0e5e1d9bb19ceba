/**
 * A part of the page that loads when it is first asked for. Where it does not (offline, or the site has a newer version),
 * a box says so and offers to try again; everything else on the page goes on, and nothing is lost.
 */
import {
  Component,
  type ComponentType,
  type LazyExoticComponent,
  lazy,
  type ReactNode,
  Suspense,
  useState,
} from 'react';
import { useSay } from '../../store/use-app.tsx';

/** What browsers say when a file of the page does not come; faults of its own stay what they are. */
export function isLoadFailure(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return /dynamically imported module|importing a module script failed|unable to preload|ChunkLoadError/i.test(message);
}

class LoadBoundary extends Component<{ failed: ReactNode; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    // A fault in drawing belongs to the page's own boundary.
    if (!isLoadFailure(error)) throw error;
    return this.props.failed;
  }
}

function Failed({ onAgain, onClose }: { onAgain: () => void; onClose: (() => void) | undefined }) {
  const say = useSay();
  return (
    <div className="ks-part-failed" role="alert">
      <b>{say('app.part.failed')}</b>
      <p>{say('app.part.failed.says')}</p>
      <div className="ks-actions">
        {/* biome-ignore lint/a11y/noAutofocus: what was just asked for did not come; this is the way on */}
        <button type="button" className="ks-btn ks-btn-fill" autoFocus onClick={onAgain}>
          {say('app.part.again')}
        </button>
        {onClose !== undefined && (
          <button type="button" className="ks-btn" onClick={onClose}>
            {say('panel.close')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Like React's `lazy`, with what stands there while it loads (nothing) and when it did not. `onClose`, where it has one, puts it away. */
export function part<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  // A lazy component that failed stays failed: trying again needs another one.
  let Loaded: LazyExoticComponent<ComponentType<P>> = lazy(load);
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the level of a module
  return function Part(props: P) {
    const [tries, setTries] = useState(0);
    const again = (): void => {
      Loaded = lazy(load);
      setTries(tries + 1);
    };
    const Shown = Loaded as ComponentType<P>;
    const { onClose } = props as { onClose?: () => void };
    const close =
      onClose === undefined
        ? undefined
        : () => {
            Loaded = lazy(load);
            onClose();
          };
    return (
      <LoadBoundary key={tries} failed={<Failed onAgain={again} onClose={close} />}>
        <Suspense fallback={null}>
          <Shown {...props} />
        </Suspense>
      </LoadBoundary>
    );
  };
}
