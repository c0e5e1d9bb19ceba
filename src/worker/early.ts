/**
 * The first seconds of a shipped scenario without steps run on the core alone (core-only.test.ts plays them). Whatever comes
 * after this moment may need the rest of the engine, which is long there then.
 */
export const EARLY_UNTIL_US = 14_000_000;
