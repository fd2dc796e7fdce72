import { describe, test } from '@jest/globals'

const onWindows = process.platform === 'win32'

/** For what Windows has not: shell scripts, pipes with names, links that anybody may make. Skipped there. */
export const posix = {
  describe: onWindows ? describe.skip : describe,
  test: onWindows ? test.skip : test,
}
