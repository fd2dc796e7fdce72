import { expect, test } from '@jest/globals'
import { exportLock } from '../../emulator/github/uv-export.js'
import { pythonTargetOf } from '../../src/requirements/evaluate/python-target.js'
import { uvExportOf } from '../../src/requirements/formats/uv-export.js'
import { readUvLock } from '../../src/requirements/formats/uv-lock.js'
import { UV_LOCKS } from '../requirements/formats/cases.js'
import { formatsSaid } from '../requirements/formats/formats-said.js'

const asked = Object.entries(UV_LOCKS).filter(([title]) => title !== 'other sources')

test.each(asked)('prints what uv does: %s', (title, { text, extras, groups }) => {
  const selection = { extras, dependencyGroups: groups }
  const { lock } = readUvLock(text, 'uv.lock', selection, pythonTargetOf(undefined))
  const { args, files } = uvExportOf(lock!, selection)
  const printed = exportLock(files['uv.lock']!, files['pyproject.toml']!, args)
  expect(printed.split('\n')).toEqual(formatsSaid.uvExport['0.5.23']?.[title])
})
