/** What a scenario with consumer groups needs beside the core: the brokers' group coordinator, and how groups are seen. */
import '../engine/coordinator/index.ts';
import '../engine/projection/frame-groups.ts';
