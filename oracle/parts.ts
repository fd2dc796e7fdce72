import { formats } from './formats.js'
import { indexPages } from './index-pages.js'
import { managedImages } from './managed-images.js'
import { markdown } from './markdown.js'
import { packaging } from './packaging.js'
import { pipParser } from './pip-parser.js'
import type { Part } from './part.js'
import { randomFiles } from './random-files.js'
import { realIndex } from './real-index.js'
import { resolution } from './resolution.js'
import { setup } from './setup.js'

/** All that is asked, in order. */
export const parts: readonly Part[] = [
  packaging,
  pipParser,
  randomFiles,
  resolution,
  realIndex,
  indexPages,
  managedImages,
  markdown,
  formats,
  setup,
]
