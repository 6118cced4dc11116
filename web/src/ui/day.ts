/** The day of a moment, as this browser's language says it: "4 March 2025". */
export const dayOf = (moment: string): string => new Date(moment).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
