import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../../emulator/github/project.js'

/** Terraform files of the set-up. */
export const terraformFiles = ['main.tf', 'managed-cluster/cluster.tf'] as const

/** Returns a file of the set-up. */
export function setupFile(name: string): string {
  return readFileSync(path.join(projectRoot, 'examples/setup', name), 'utf8')
}

/** A command of the Azure CLI, with the options that it is given. */
export type AzCommand = { readonly command: string; readonly options: readonly string[] }

/** Returns all commands of the Azure CLI in a text, those of a shell's continued lines included. */
export function azCommandsIn(text: string): readonly AzCommand[] {
  const lines = text.replace(/\s*\\\n\s*/g, ' ').split('\n')
  return lines.flatMap(line =>
    [...line.matchAll(/(?<![\w-])az ((?:[a-z]+[a-z-]* )+)(--[^)`|;]*)?/g)].map(([, words = '', rest = '']) => ({
      command: words.trim(),
      options: [...rest.matchAll(/(?<=^|\s)--[a-z][a-z-]*/g)].map(([option]) => option),
    })),
  )
}

/** Returns all commands of the Azure CLI that pages, set-ups and messages show. */
export function azCommands(): readonly AzCommand[] {
  const filesIn = (folder: string, ending: RegExp) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => ending.test(file))
      .map(file => path.join(folder, file))
  const files = [
    'README.md',
    ...filesIn('docs', /\.md$/),
    ...filesIn('examples', /\.(?:sh|yml)$/),
    ...filesIn('src', /\.ts$/),
  ]
  return files
    .flatMap(file => azCommandsIn(readFileSync(path.join(projectRoot, file), 'utf8')))
    .filter(({ options }) => options.length > 0)
}
