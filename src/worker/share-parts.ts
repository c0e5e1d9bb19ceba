/** What a scenario with share consumers needs beside groups: share partitions and their coordinators on brokers, and share consumers. */
import '../engine/client/share/index.ts';
import '../engine/projection/share-groups.ts';
import '../engine/projection/share-waiting.ts';
import '../engine/share/index.ts';
