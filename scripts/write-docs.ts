import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { renderDocs } from './docs.js'

// Writes into the pages, the code and CI what is made from other files.

const root = path.resolve(import.meta.dirname, '../..')
for (const [file, text] of renderDocs(root)) writeFileSync(path.join(root, file), text)
