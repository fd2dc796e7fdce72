import { testsWithIndex } from './with-index.js'

testsWithIndex('uv')
