/**
 * No timer is longer than this (126 years in ms): the time of an event stays an exact number of microseconds when a
 * setting like Long.MAX_VALUE is added to it, and none of these fires within a scenario.
 */
export const MAX_TIMER_MS = 4_000_000_000_000;
