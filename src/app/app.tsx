import './app.css';
import { Component, lazy, type ReactNode, Suspense, useState } from 'react';
import { part } from '../panel/kit/part.tsx';
import type { AppStore } from '../store/app-store.ts';
import { pageMode, useMode } from '../store/page-mode.ts';
import { StoreProvider, useApp } from '../store/use-app.tsx';
import { boot, canRun } from './boot.ts';
import { Shell } from './shell.tsx';

const EmbedShell = lazy(() => import('./embed.tsx'));
const NoWorkerPage = part(async () => ({ default: (await import('./error-page.tsx')).NoWorkerPage }));
const CrashPage = part(async () => ({ default: (await import('./error-page.tsx')).CrashPage }));
const OpenFailurePage = part(async () => ({ default: (await import('./error-page.tsx')).OpenFailurePage }));
const LabPage = part(() => import('./lab-page.tsx'));
const LateParts = lazy(() => import('./late-parts.tsx'));

/** The page, and beside it what comes after the first motion. */
function Whole() {
  const late = useMode((mode) => mode.late);
  const lab = useMode((mode) => mode.lab);
  const embed = pageMode.getState().embed;
  return (
    <>
      {embed ? (
        <Suspense fallback={null}>
          <EmbedShell />
        </Suspense>
      ) : (
        // Under the lab the cluster stays as it is, out of sight and out of reach.
        <div inert={lab} style={lab ? { visibility: 'hidden' } : undefined}>
          <Shell />
        </div>
      )}
      {lab && <LabPage />}
      {late && (
        <Suspense fallback={null}>
          <LateParts />
        </Suspense>
      )}
    </>
  );
}

/** A fault in drawing is shown like one of the engine: the report, and the scenario to go on with. */
class Boundary extends Component<{ store: AppStore; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidMount(): void {
    // Starting again takes the crash away; what failed is then drawn anew.
    this.props.store.subscribe((state, before) => {
      if (state.crash === null && before.crash !== null) this.setState({ failed: false });
    });
  }

  override componentDidCatch(error: unknown): void {
    const { actions, frame, scenario } = this.props.store.getState();
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    actions.pause();
    actions.setCrash({ message, invariant: null, atUs: frame?.atUs ?? 0, scenario });
  }

  override render(): ReactNode {
    return this.state.failed ? <CrashPage /> : this.props.children;
  }
}

export function Page() {
  const crashed = useApp((state) => state.crash !== null);
  const failed = useApp((state) => state.openFailure !== null);
  if (!canRun()) return <NoWorkerPage />;
  if (crashed) return <CrashPage />;
  if (failed) return <OpenFailurePage />;
  return <Whole />;
}

/** One store for the page's life; strict mode's second call must not make a second engine. */
let booted: AppStore | null = null;

export function App() {
  const [store] = useState(() => {
    booted ??= boot();
    return booted;
  });
  return (
    <StoreProvider store={store}>
      <Boundary store={store}>
        <Page />
      </Boundary>
    </StoreProvider>
  );
}
