/** Reads are late by at most so much. Seconds. How late real ones are, nobody has measured. */
export const mostLag = 120

/** A request whose answer was lost is taken within so much, or never. Seconds. */
export const latestTaken = 120

/** After so much a request whose answer was lost has shown itself, or never will. Milliseconds. */
export const settled = (mostLag + latestTaken) * 1000
