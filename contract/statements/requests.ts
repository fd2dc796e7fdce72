import { at } from '../services.js'
import { type Statement, verdict } from '../statement.js'
import { isTerminal, stateOf } from '../lab.js'

/** Lists what is taken for a fact of building an image, and of following that. */
export const requestStatements: readonly Statement[] = [
  {
    id: 'put-answers-with-operation',
    fact: 'A PUT of an image answers 200 or 201 with Azure-AsyncOperation, and without Location and Retry-After.',
    source: 'recorded traffic, 2024 to 2026; newer descriptions declare Location',
    confidence: 'recorded',
    needs: 'build',
    check: async lab => {
      const { status, headers } = (await lab.build()).accepted
      const named = ['azure-asyncoperation', 'location', 'retry-after'].filter(name => headers[name] !== undefined)
      const holds = [200, 201].includes(status) && named.join() === 'azure-asyncoperation'
      return verdict(holds, `HTTP ${status} with ${named.join(', ') || 'none of the headers'}`)
    },
  },
  {
    id: 'poll-says-running',
    fact: 'A poll of the operation answers 200 with a status, and ends with Succeeded.',
    source: 'recorded traffic',
    confidence: 'recorded',
    needs: 'build',
    check: async lab => {
      const { polls } = await lab.build()
      const statuses = [...new Set(polls.map(each => `${each.status} ${String(at(each, 'status'))}`))]
      return verdict(statuses.at(-1) === '200 Succeeded', statuses.join(', then ') || 'no poll')
    },
  },
  {
    id: 'get-shows-what-was-sent',
    fact: 'A built image shows the requirements letter by letter, its language in capitals, its version, and no base.',
    source: 'recorded traffic; what is shown of the base is a guess',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { final } = await lab.build()
      const properties = at(final, 'properties') as Record<string, unknown> | undefined
      const { language, languageVersion, baseImageName, requirementsFileContent } = properties ?? {}
      const holds =
        language === 'PYTHON' &&
        languageVersion === '3.11.7' &&
        baseImageName === undefined &&
        requirementsFileContent === 'tabulate==0.9.0'
      return verdict(holds, JSON.stringify({ language, languageVersion, baseImageName, requirementsFileContent }))
    },
  },
  {
    id: 'read-is-prompt',
    fact: 'A read right after the PUT shows the image in a state that is no end.',
    source: 'late reads were reported; how late, nobody has measured',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { reads } = await lab.build()
      const first = reads.find(({ answer }) => answer.status === 200 && !isTerminal(stateOf(answer)))
      const seen = first === undefined ? 'never' : `after ${Math.round(first.after / 1000)} s`
      return verdict(first === reads[0], `the image is first seen under way ${seen}`)
    },
  },
  {
    id: 'repeated-put-conflicts',
    fact: 'The same PUT while the build is under way answers 409 RequestConflict.',
    source: 'issues report both a conflict and a second operation that fails at once',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { repeated } = await lab.build()
      const code = String(repeated && at(repeated, 'error', 'code'))
      return verdict(repeated?.status === 409 && code === 'RequestConflict', `HTTP ${repeated?.status} ${code}`)
    },
  },
  {
    id: 'identical-put-builds-again',
    fact: 'An identical PUT of a built image starts a new build.',
    source: 'recorded traffic',
    confidence: 'recorded',
    needs: 'build',
    check: async lab => {
      const { accepted, reads } = await lab.rebuild()
      const states = [...new Set(reads.map(({ answer }) => String(stateOf(answer))))]
      return verdict(accepted.status === 200 && states.length > 1, `HTTP ${accepted.status}, then ${states.join(', ')}`)
    },
  },
  {
    id: 'failed-build-quotes-pip',
    fact: 'The operation of a build with a package that does not exist ends with Failed, and its error quotes pip.',
    source: 'no public example exists',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { polls } = await lab.failing()
      const [status, code, message] = ['status', 'code', 'message'].map(name =>
        String(name === 'status' ? at(polls.at(-1)!, 'status') : at(polls.at(-1)!, 'error', name)),
      )
      return verdict(status === 'Failed' && /No matching distribution/.test(message!), `${status}, ${code}: ${message}`)
    },
  },
  {
    id: 'failed-image-stays',
    fact: 'After a build that failed, the image is there with the state Failed.',
    source: 'the description of the API',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { final } = await lab.failing()
      return verdict(stateOf(final) === 'Failed', `HTTP ${final.status}, ${String(stateOf(final))}`)
    },
  },
]
