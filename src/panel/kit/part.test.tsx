// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { createAppStore } from '../../store/app-store.ts';
import { StoreProvider } from '../../store/use-app.tsx';
import { isLoadFailure, part } from './part.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

test('what does not load is told from a fault in it', () => {
  expect(isLoadFailure(new TypeError('Failed to fetch dynamically imported module: http://x/a.js'))).toBe(true);
  expect(isLoadFailure(new TypeError('error loading dynamically imported module: http://x/a.js'))).toBe(true);
  expect(isLoadFailure(new TypeError('Importing a module script failed.'))).toBe(true);
  expect(isLoadFailure(new TypeError("Cannot read properties of undefined (reading 'x')"))).toBe(false);
});

test('a part that does not load says so, and is there when it is tried again', async () => {
  let online = false;
  const Part = part<{ onClose: () => void }>(() =>
    online
      ? Promise.resolve({ default: () => <p>here it is</p> })
      : Promise.reject(new TypeError('Failed to fetch dynamically imported module: a.js')),
  );
  const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const box = document.createElement('div');
  document.body.append(box);
  const root = createRoot(box);
  await act(async () => {
    root.render(
      <StoreProvider store={createAppStore()}>
        <p>the rest of the page</p>
        <Part onClose={() => undefined} />
      </StoreProvider>,
    );
  });
  expect(box.textContent).toContain('A part of the page did not load');
  expect(box.textContent).toContain('the rest of the page');
  online = true;
  await act(async () => {
    box.querySelector('button')?.click();
  });
  expect(box.textContent).toContain('here it is');
  expect(box.textContent).not.toContain('did not load');
  silence.mockRestore();
  await act(async () => root.unmount());
});
