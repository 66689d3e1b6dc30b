/** Where the reading child finds what is open already. */
export const FD = { text: 3, json: 4, html: 5 } as const;
