/** The group coordinator as one part: importing it registers its APIs, its timers and what it hears from its broker. */
import '../broker/api/08-offset-commit.ts';
import '../broker/api/09-offset-fetch.ts';
import '../broker/api/10-find-coordinator.ts';
import '../broker/api/11-join-group.ts';
import '../broker/api/12-heartbeat.ts';
import '../broker/api/14-sync-group.ts';
import '../../kafka/assignor/early.ts';
import './lifecycle.ts';
import './timers.ts';
