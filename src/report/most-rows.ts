/** More rows than any page has room for: what goes beyond is counted, and not even put into words. */
export const mostRows = 10_000
