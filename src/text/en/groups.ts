/** Groups, their members, coordinators and offsets. */
export const groups = {} as const;
