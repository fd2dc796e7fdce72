import { isTerminal, stateOf } from '../follow.js'
import { managedImage } from '../lab.js'
import { type Answer, at } from '../services.js'
import { type Statement, unknown, type Verdict, verdict } from '../statement.js'

/** What is seen of a request that another change is in the way of. */
function conflictVerdict(answer: Answer | undefined): Verdict {
  if (answer === undefined) return unknown('the build was not accepted')
  const code = String(at(answer, 'error', 'code'))
  return verdict(answer.status === 409 && code === 'RequestConflict', `HTTP ${answer.status} ${code}`)
}

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
      const [repeated] = (await lab.build()).meanwhile
      return conflictVerdict(repeated)
    },
  },
  {
    id: 'other-image-conflicts',
    fact: 'A PUT of another image while one is built answers 409 RequestConflict, too.',
    source: 'issues report that one change of the cluster excludes another; whether that goes for images is a guess',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const [, other] = (await lab.build()).meanwhile
      return conflictVerdict(other)
    },
  },
  {
    id: 'answers-have-ids',
    fact: 'Every answer of Resource Manager has x-ms-request-id and x-ms-correlation-request-id.',
    source: 'recorded traffic',
    confidence: 'recorded',
    needs: 'build',
    check: async lab => {
      const { accepted, polls, final } = await lab.build()
      const without = [accepted, ...polls, final].filter(({ headers }) =>
        ['x-ms-request-id', 'x-ms-correlation-request-id'].some(name => headers[name] === undefined),
      )
      return verdict(without.length === 0, `${without.length} of ${polls.length + 2} answers lack one`)
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
  {
    id: 'image-shows-its-base',
    fact: `An image that is built upon ${managedImage} shows that base, and no version.`,
    source: 'documented nowhere',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { final } = await lab.based()
      const properties = at(final, 'properties') as Record<string, unknown> | undefined
      const { languageVersion, baseImageName } = properties ?? {}
      return verdict(
        languageVersion === undefined && baseImageName === managedImage,
        `HTTP ${final.status}, ${JSON.stringify({ languageVersion, baseImageName })}`,
      )
    },
  },
  {
    id: 'large-file-is-built',
    fact: 'A file of half a MiB is accepted, built, and shown letter by letter.',
    source: 'no limit is documented',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      const { accepted, final } = await lab.large()
      const text = at(final, 'properties', 'requirementsFileContent')
      const length = typeof text === 'string' ? text.length : 0
      return verdict(
        accepted.status < 300 && stateOf(final) === 'Succeeded' && length > 2 ** 19,
        `HTTP ${accepted.status}, then ${String(stateOf(final))} with ${length} characters`,
      )
    },
  },
]
