import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { azCommands, setupFile, terraformFiles } from '../__tests__/project/setup-commands.js'
import { askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { azureCliRelease, hclRelease } from './releases.js'

const PARSE = String.raw`
import json, sys, hcl2
json.dump({name: hcl2.loads(text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
`

/** What the set-ups are by their own tools: how Terraform's language is read, and which options the Azure CLI has. */
export const setup: Recording = {
  name: 'setup',
  ask: () => {
    const hcl = environmentWith(`python-hcl2==${hclRelease}`)
    const texts = Object.fromEntries(terraformFiles.map(name => [name, setupFile(name)]))
    const { programs } = environmentWith(`azure-cli==${azureCliRelease}`)
    const commands = [...new Set(azCommands().map(({ command }) => command))].toSorted()
    return {
      releases: { 'python-hcl2': hclRelease, 'azure-cli': azureCliRelease },
      terraform: askPython(hcl, PARSE, texts),
      texts,
      az: Object.fromEntries(commands.map(command => [command, optionsOf(command, programs)])),
    }
  },
}

/** The options that the help of a command lists. */
function optionsOf(command: string, programs: string): readonly string[] {
  const args = [...command.split(' '), '--help']
  const { stdout, status } = spawnSync(path.join(programs, 'az'), args, { encoding: 'utf8' })
  if (status !== 0) return []
  return [...new Set([...stdout.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([option]) => option))].toSorted()
}
