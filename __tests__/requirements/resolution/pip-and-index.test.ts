import { testsWithIndex } from './with-index.js'

testsWithIndex('pip')
