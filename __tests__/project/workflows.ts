import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/** What a workflow's file says, as far as tests ask. */
export type Workflow = {
  /** Path from the top folder. */
  readonly file: string
  readonly text: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

export type Job = {
  readonly permissions?: Readonly<Record<string, string>>
  readonly uses?: string
  readonly steps?: readonly Step[]
}

export type Step = {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
}

const root = path.resolve(import.meta.dirname, '../../..')

/** The workflows in a folder. */
export function workflowsIn(folder: string): Workflow[] {
  return readdirSync(path.join(root, folder)).map(name => {
    const text = readFileSync(path.join(root, folder, name), 'utf8')
    return { file: `${folder}/${name}`, text, ...(parse(text) as Omit<Workflow, 'file' | 'text'>) }
  })
}

/** All steps of a workflow, job by job. */
export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps)
}
