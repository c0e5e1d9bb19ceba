/** Files in and out: properties, commands, pictures, records. */
export const inout = {} as const;
