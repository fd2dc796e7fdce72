/** Run as a process of its own, so that nothing is warm: how long it takes to check a file and to compare it. */
import process from 'node:process'
import { contentOf, differences } from '../../src/model/image.js'
import { runAtOnce } from '../../src/time-slice.js'
import { checkEntries } from '../../src/requirements/findings/check-entries.js'
import { comparePackages } from '../../src/requirements/package-changes.js'
import { pythonTargetOf } from '../../src/requirements/evaluate/python-target.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { shapes, textOf } from './shapes.js'

const [, , name, lines] = process.argv
const shape = shapes.find(each => each.name === name)
if (shape === undefined) throw new Error(`no shape is named ${name}`)
const [text, former] = [textOf(shape.line, Number(lines)), textOf(shape.former, Number(lines))]

const foundation = { languageVersion: '3.10.8' }
const started = performance.now()
const requirements = requirementsOf(text)
const findings = runAtOnce(checkEntries(requirements, pythonTargetOf(foundation)))
const image = {
  id: '',
  name: '',
  changedAt: undefined,
  state: 'Succeeded',
  language: 'Python',
  baseImageName: undefined,
  ...foundation,
}
const differs = differences({ language: 'Python', foundation, requirements }, { ...image, requirementsText: former })
const { added, removed, changed } = runAtOnce(comparePackages(requirementsOf(contentOf(former).text), requirements))
const milliseconds = performance.now() - started

const seen = { findings: findings.length, changes: added.length + removed.length + changed.length, differs }
const mebibytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ milliseconds, mebibytes, bytes: Buffer.byteLength(text), ...seen }))
