import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { errorAt, type FormatProblem } from './dependency-file.js'
import { isNew, itemsAt, listed, notText, readRequirement, type PyprojectReading, START } from './pyproject-lists.js'
import { isTable, placeAt, stringAt, type TomlPath } from './toml.js'

/** Reads a group and what it includes: https://peps.python.org/pep-0735/ `parents` are those that include it. */
export function readGroup(
  group: string,
  asking: TomlPath,
  parents: readonly string[],
  reading: PyprojectReading,
): void {
  const { document, groups, problems } = reading
  const name = normalizedName(group)
  const key = groups.get(name)
  const isCycle = parents.includes(name)
  if (key === undefined || isCycle) {
    const place = placeAt(document, asking)
    problems.push(
      isCycle ? cycle([...parents.slice(parents.indexOf(name)), name], place) : unknown(group, place, parents, reading),
    )
    return
  }
  const path: TomlPath = ['dependency-groups', key]
  if (!isNew({ ...START, path, depth: parents.length }, reading)) return
  for (const [index, item] of itemsAt(path, reading).entries()) {
    const itemPath = [...path, index]
    if (typeof item === 'string') {
      readRequirement(item, { ...START, path: itemPath }, reading)
      continue
    }
    const included = isTable(item) && Object.keys(item).length === 1 ? stringAt(item, 'include-group') : undefined
    if (included === undefined) problems.push(notText(itemPath, reading))
    else readGroup(included, [...itemPath, 'include-group'], [...parents, name], reading)
  }
}

function cycle(names: readonly string[], place: FormatProblem['place']): FormatProblem {
  const shown = names.length > 10 ? [...names.slice(0, 5), '…', ...names.slice(-4)] : names
  const problem = `The dependency group includes itself: ${shown.join(' → ')}.`
  return errorAt('file-format', problem, 'Remove one of the include-group entries that lead in a circle.', place)
}

function unknown(
  group: string,
  place: FormatProblem['place'],
  parents: readonly string[],
  { document, groups }: PyprojectReading,
): FormatProblem {
  const known = [...groups.values()]
  const problem = `${document.file} has no dependency group ${quoted(group)}. ${known.length === 0 ? 'It has none.' : `It has ${listed(known)}.`}`
  const remedy = parents.length === 0 ? 'Correct the input dependency-groups.' : 'Correct include-group.'
  return errorAt('unknown-dependency-group', problem, remedy, place)
}
