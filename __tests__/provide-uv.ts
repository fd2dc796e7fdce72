import path from 'node:path'
import process from 'node:process'
import { provide } from '../scripts/provide.js'

/** Run once before all tests. Where there is no uv, the tests that need a real one are skipped, and say so. */
export default function provideUv(): void {
  const directory = provide('uv', '0.13.9')
  if (directory !== undefined)
    process.env['PATH'] = [directory, process.env['PATH']].filter(Boolean).join(path.delimiter)
}
