import { at } from '../services.js'
import { type Statement, unknown, verdict } from '../statement.js'
import { type Lab, stateOf } from '../lab.js'

/** The version of tabulate in the sandbox that answers; empty where it is not installed. */
export const versionQuery = `evaluate python(typeof(version:string), \`\`\`
try:
    import tabulate
    version = tabulate.__version__
except ImportError:
    version = ""
result = pd.DataFrame({"version": [version]})
\`\`\`)`

async function answeringVersion(lab: Lab): Promise<string> {
  const answer = await lab.query(versionQuery)
  const row: unknown = at(answer, 'Tables', 0, 'Rows', 0, 0)
  return answer.status === 200 && typeof row === 'string' ? `version ${JSON.stringify(row)}` : `HTTP ${answer.status}`
}

/** Lists what is taken for a fact of deleting images, and of putting them to use. */
export const useStatements: readonly Statement[] = [
  {
    id: 'delete-of-nothing-is-204',
    fact: 'A DELETE of an image that does not exist answers 204.',
    source: 'the description of the API',
    confidence: 'documented',
    needs: 'read',
    check: async lab => {
      const { status } = await lab.send('DELETE', lab.imagePath(`${lab.image}missing`))
      return verdict(status === 204, `HTTP ${status}`)
    },
  },
  {
    id: 'delete-answers-202',
    fact: 'A DELETE answers 202 with Azure-AsyncOperation and Location, and the image is gone after its end.',
    source: 'recorded traffic',
    confidence: 'recorded',
    needs: 'build',
    check: async lab => {
      const { accepted, final } = await lab.deletion()
      const named = ['azure-asyncoperation', 'location'].filter(name => accepted.headers[name] !== undefined)
      const holds = accepted.status === 202 && named.length === 2 && final.status === 404
      return verdict(holds, `HTTP ${accepted.status} with ${named.join(' and ')}, then a read answers ${final.status}`)
    },
  },
  {
    id: 'switch-answers-202',
    fact: 'A switch answers 202 with both URLs, and the cluster is Updating until it ends.',
    source: 'the description of the API; recorded for R',
    confidence: 'recorded',
    needs: 'switch',
    check: async lab => {
      const { accepted, reads } = await lab.activation()
      const states = [...new Set(reads.map(({ answer }) => String(stateOf(answer))))]
      const named = ['azure-asyncoperation', 'location'].filter(name => accepted.headers[name] !== undefined)
      return verdict(
        accepted.status === 202 && named.length === 2,
        `HTTP ${accepted.status}, then ${states.join(', ')}`,
      )
    },
  },
  {
    id: 'new-image-answers-after-switch',
    fact: 'Right after a switch, queries are answered by the new image, or refused with 429 or 520 until it is up.',
    source: 'the documentation of the python plugin; that the previous image may go on answering is a guess',
    confidence: 'guess',
    needs: 'switch',
    check: async lab => {
      await lab.activation()
      const seen: string[] = []
      for (let asked = 0; asked < 5; asked++) seen.push(await answeringVersion(lab))
      const holds = seen.every(each => ['version "0.9.0"', 'HTTP 429', 'HTTP 520'].includes(each))
      return verdict(holds, [...new Set(seen)].join(', then '))
    },
  },
  {
    id: 'active-image-answers-during-rebuild',
    fact: 'While the active image is rebuilt, queries are still answered.',
    source: 'documented nowhere',
    confidence: 'guess',
    needs: 'disposable',
    check: async lab => {
      await lab.activation()
      const { status, seen } = await lab.activeRebuild(() => answeringVersion(lab))
      if (status >= 300) return unknown(`the PUT answers HTTP ${status}`)
      return verdict(seen === 'version "0.9.0"', seen)
    },
  },
  {
    id: 'active-image-can-be-deleted',
    fact: 'The service accepts a DELETE of the active image.',
    source: 'documented nowhere',
    confidence: 'guess',
    needs: 'disposable',
    check: async lab => {
      await lab.activation()
      const { status } = await lab.send('DELETE', lab.imagePath(lab.image))
      return verdict(status === 202, `HTTP ${status}`)
    },
  },
]
