import { seenText, stateOf } from '../follow.js'
import { Interrupted, type Lab } from '../lab.js'
import { at } from '../services.js'
import { type Statement, unknown, verdict } from '../statement.js'

/** The version of tabulate in the sandbox that answers; empty where it is not installed. */
export const versionQuery = `evaluate python(typeof(version:string), \`\`\`
try:
    import tabulate
    version = tabulate.__version__
except ImportError:
    version = ""
result = pd.DataFrame({"version": [version]})
\`\`\`)`

/** The versions of what the plugin itself imports. */
export const packagesQuery = `evaluate python(typeof(versions:string), \`\`\`
import numpy
result = pd.DataFrame({"versions": [f"numpy {numpy.__version__}, pandas {pd.__version__}"]})
\`\`\`)`

const answeringVersion = (lab: Lab) => async (): Promise<string> => {
  try {
    const answer = await lab.query(versionQuery)
    const row: unknown = at(answer, 'Tables', 0, 'Rows', 0, 0)
    return answer.status === 200 && typeof row === 'string' ? `version ${JSON.stringify(row)}` : `HTTP ${answer.status}`
  } catch (error) {
    if (error instanceof Interrupted) throw error
    return 'no answer'
  }
}

const newVersion = 'version "0.9.0"'

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
      const seen = await lab.watch(answeringVersion(lab))
      const isExpected = seen.every(({ what }) => [newVersion, 'HTTP 429', 'HTTP 520'].includes(what))
      return verdict(isExpected && seen.at(-1)?.what === newVersion, seenText(seen))
    },
  },
  {
    id: 'build-conflicts-with-switch',
    fact: 'A PUT of an image while the cluster is switched answers 409 RequestConflict.',
    source: 'the documentation: no other change of the cluster can be made meanwhile',
    confidence: 'documented',
    needs: 'switch',
    check: async lab => {
      const [build] = (await lab.activation()).meanwhile
      if (build === undefined) return unknown('the switch was not accepted')
      const code = String(at(build, 'error', 'code'))
      return verdict(build.status === 409 && code === 'RequestConflict', `HTTP ${build.status} ${code}`)
    },
  },
  {
    id: 'version-alone-has-numpy-and-pandas',
    fact: 'An image of a version has numpy and pandas, though no line asks for them.',
    source: 'documented nowhere: the python plugin imports both',
    confidence: 'guess',
    needs: 'switch',
    check: async lab => {
      await lab.activation()
      const seen = await lab.watch(async () => {
        const answer = await lab.query(packagesQuery)
        const row: unknown = at(answer, 'Tables', 0, 'Rows', 0, 0)
        return answer.status === 200 && typeof row === 'string' ? row : `HTTP ${answer.status}`
      })
      return verdict(/^numpy \d.*, pandas \d/.test(seen.at(-1)?.what ?? ''), seenText(seen))
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
      const { accepted, seen } = await lab.activeRebuild(answeringVersion(lab))
      if (accepted.status >= 300) return unknown(`the PUT answers HTTP ${accepted.status}`)
      return verdict(
        seen.every(({ what }) => what === newVersion),
        seenText(seen),
      )
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
      const { accepted, seen } = await lab.activeDeletion(answeringVersion(lab))
      return verdict(accepted.status === 202, `HTTP ${accepted.status}; meanwhile, ${seenText(seen)}`)
    },
  },
]
