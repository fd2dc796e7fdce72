import { rmSync } from 'node:fs'
import path from 'node:path'
import { buildDist } from './dist.js'

// Builds dist/ anew.

const dist = path.resolve(import.meta.dirname, '../../dist')
rmSync(dist, { recursive: true, force: true })
buildDist(dist)
