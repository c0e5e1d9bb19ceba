/** Why a link cannot be made or read. The Chinese sentences are in parse/messages-zh.ts. */
export const LINK_FAULTS = {
  'too-long-to-share':
    'The link would have {size} characters; the most is {max}. Shorten the pasted text, or save the scenario as a file.',
  'not-a-link': 'This is no Kafkascope link: it begins with k and a number, such as k1.',
  'unknown-version': 'This link was made by a newer Kafkascope ({found}); this one reads k1.',
  'link-too-long': 'This link has {size} characters; the most is {max}.',
  'not-base64url': 'This link holds {found}, which no link does. Something was changed on its way.',
  truncated: 'This link is cut off: its end is missing. Copy it whole.',
  damaged: 'This link is damaged: its letters do not fit together. Copy it once more.',
  'inflated-too-large': 'This link unpacks to more than {max} bytes; nothing of it was opened.',
  'not-a-moment': 'This link holds no moment of a scenario: {why}.',
  'not-a-scenario': 'The scenario in this link has {count} faults; the first: {first}',
} as const satisfies Readonly<Record<string, string>>;

export type LinkFaultCode = keyof typeof LINK_FAULTS;
