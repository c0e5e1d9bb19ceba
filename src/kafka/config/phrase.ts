/** A sentence as data: which one, and what stands in its braces. */
export type PhraseParams = Readonly<Record<string, string | number>>;

/** Fills `{name}` in a template; a parameter that is missing stays visible, so that a fault is seen. */
export function fillPhrase(template: string, params: PhraseParams): string {
  return template.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    return Object.hasOwn(params, name) ? String(params[name]) : whole;
  });
}
