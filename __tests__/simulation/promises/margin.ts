/**
 * Milliseconds between looking and asking for a change, at most: of what begins in them nobody can know. Looking may take
 * a few requests.
 */
export const margin = 10_000
