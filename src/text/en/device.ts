/** Any device: offline, embed, print, presenter, announcements. */
export const device = {} as const;
