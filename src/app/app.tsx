import './app.css'
import { useState } from 'react'
import type { AppStore } from '../store/app-store.ts'
import { StoreProvider, useApp } from '../store/use-app.tsx'
import { boot, canRun } from './boot.ts'
import { CrashPage, NoWorkerPage, OpenFailurePage } from './error-page.tsx'
import { Shell } from './shell.tsx'

export function Page() {
  const crashed = useApp((state) => state.crash !== null)
  const failed = useApp((state) => state.openFailure !== null)
  if (!canRun()) return <NoWorkerPage />
  if (crashed) return <CrashPage />
  if (failed) return <OpenFailurePage />
  return <Shell />
}

/** One store for the page's life; strict mode's second call must not make a second engine. */
let booted: AppStore | null = null

export function App() {
  const [store] = useState(() => {
    booted ??= boot()
    return booted
  })
  return (
    <StoreProvider store={store}>
      <Page />
    </StoreProvider>
  )
}
