/** What runs by itself: importing it registers every handler but those of the commands. */
import './broker/api/00-produce.ts';
import './broker/api/01-fetch.ts';
import './broker/api/02-list-offsets.ts';
import './broker/api/03-metadata.ts';
import './controller/api/01-fetch.ts';
import './controller/api/19-create-topics.ts';
import './controller/api/63-broker-heartbeat.ts';
