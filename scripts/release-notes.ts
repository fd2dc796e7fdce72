import { readFileSync } from 'node:fs'
import path from 'node:path'
import { releaseNotes } from './changelog.js'

// Prints what CHANGELOG.md says of the version that a tag names, and fails unless that is the version of package.json.

const root = path.resolve(import.meta.dirname, '../..')
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const { version } = JSON.parse(text('package.json')) as { version: string }
const tag = process.argv[2]
if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, and package.json has version ${version}.`)
console.log(releaseNotes(text('CHANGELOG.md'), version))
