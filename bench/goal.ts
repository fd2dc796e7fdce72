/** Something that must hold, and whether it does. */
export type Goal = {
  readonly what: string
  readonly measured: string
  readonly met: boolean
}

/** The goals as a list. */
export function goalList(goals: readonly Goal[]): string {
  return goals
    .map(({ what, measured, met }) => `- ${met ? '**Met**' : '**Not met**'}: ${what}. Measured: ${measured}.`)
    .join('\n')
}
