import type { ConfigScope } from '../../kafka/config/types.ts';
import type { AppActions } from '../../store/app-store.ts';

/** Opens the page of all of Kafka's parameters, at a scope. The page itself loads then. */
export function openAllKeys(actions: Pick<AppActions, 'openDialog'>, scope: ConfigScope = 'producer'): void {
  actions.openDialog({ kind: 'all-keys', scope });
}
