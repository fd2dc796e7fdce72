import { apiVersion, type Lab } from '../lab.js'
import { type Answer, at } from '../services.js'
import { type Statement, unknown, type Verdict, verdict } from '../statement.js'

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [])

const checkName = (lab: Lab, name: string): Promise<Answer> => {
  const type = 'Microsoft.Kusto/clusters/sandboxCustomImages'
  return lab.send('POST', `${lab.clusterPath}/sandboxCustomImagesCheckNameAvailability`, { name, type })
}

function nameVerdict(answer: Answer, expected: string): Verdict {
  const [available, reason = ''] = [at(answer, 'nameAvailable'), at(answer, 'reason')]
  const seen = `${String(available)} ${String(reason)}`.trim()
  return verdict(seen === expected, `HTTP ${answer.status}, nameAvailable ${seen}`)
}

/** The query of a column that there is not, in its second line. */
export const wrongQuery = 'print contract = 1\n| where missing > 0'

/** Lists what is taken for a fact of reading, of names and of queries. */
export const readStatements: readonly Statement[] = [
  {
    id: 'missing-image-is-named',
    fact: 'A GET of an image that does not exist answers 404 ResourceNotFound, whose message names sandboxCustomImages.',
    source: 'the description of the API',
    confidence: 'documented',
    needs: 'read',
    check: async lab => {
      const answer = await lab.send('GET', lab.imagePath(`${lab.image}missing`))
      const [code, message] = [at(answer, 'error', 'code'), String(at(answer, 'error', 'message'))]
      const holds = answer.status === 404 && code === 'ResourceNotFound' && /sandboxCustomImages/i.test(message)
      return verdict(holds, `HTTP ${answer.status} ${String(code)}: ${message}`)
    },
  },
  {
    id: 'cluster-shows-its-images',
    fact: 'A cluster shows its state, SKU, data endpoint, and the image of each language extension.',
    source: 'recorded traffic',
    confidence: 'recorded',
    needs: 'read',
    check: async lab => {
      const cluster = await lab.cluster()
      const [state, uri, sku] = [
        at(cluster, 'properties', 'state'),
        at(cluster, 'properties', 'uri'),
        at(cluster, 'sku', 'name'),
      ]
      const extensions = listOf(at(cluster, 'properties', 'languageExtensions', 'value'))
      const holds = [state, uri, sku].every(each => typeof each === 'string')
      return verdict(holds, `state ${String(state)}, SKU ${String(sku)}, ${extensions.length} language extensions`)
    },
  },
  {
    id: 'list-has-content',
    fact: 'The list of images is one page, and shows the requirements of each.',
    source: 'the description of the API',
    confidence: 'documented',
    needs: 'build',
    check: async lab => {
      await lab.build()
      const list = await lab.send('GET', `${lab.clusterPath}/sandboxCustomImages`)
      const own = listOf(at(list, 'value')).find(each => String(at({ body: each }, 'name')).endsWith(`/${lab.image}`))
      if (own === undefined) return verdict(false, 'the image is not in the list')
      const text = at({ body: own }, 'properties', 'requirementsFileContent')
      return verdict(
        text === 'tabulate==0.9.0' && at(list, 'nextLink') === undefined,
        `the list shows ${JSON.stringify(text)}`,
      )
    },
  },
  {
    id: 'names-may-have-hyphens',
    fact: 'An image may have a name such as forecasting-20261125-143005-3f9a1c.',
    source: 'every public example has letters and digits alone',
    confidence: 'guess',
    needs: 'read',
    check: async lab => nameVerdict(await checkName(lab, `${lab.image}-20261125-143005-3f9a1c`), 'true'),
  },
  {
    id: 'names-may-be-long',
    fact: 'An image may have a name of 100 letters and digits.',
    source: 'no limit is documented',
    confidence: 'guess',
    needs: 'read',
    check: async lab => nameVerdict(await checkName(lab, lab.image.padEnd(100, 'x')), 'true'),
  },
  {
    id: 'taken-name-is-told',
    fact: 'The name of an image that exists is not available, for the reason AlreadyExists.',
    source: 'the description of the API',
    confidence: 'documented',
    needs: 'build',
    check: async lab => {
      await lab.build()
      return nameVerdict(await checkName(lab, lab.image), 'false AlreadyExists')
    },
  },
  {
    id: 'system-data-with-2025',
    fact: 'With the API version 2025-02-14, an image has systemData with dates; with 2024-04-13 it has none.',
    source: 'the description of the API; whether the service fills it is not known',
    confidence: 'guess',
    needs: 'build',
    check: async lab => {
      await lab.build()
      const seen = async (version: string) => {
        const answer = await lab.send('GET', `${lab.imagePath(lab.image)}?api-version=${version}`)
        const date = at(answer, 'systemData', 'lastModifiedAt') ?? at(answer, 'systemData', 'createdAt')
        return `${answer.status} ${typeof date === 'string' ? 'with a date' : 'without a date'}`
      }
      const [old, recent] = [await seen(apiVersion), await seen('2025-02-14')]
      return verdict(
        old === '200 without a date' && recent === '200 with a date',
        `${apiVersion}: ${old}; 2025-02-14: ${recent}`,
      )
    },
  },
  {
    id: 'result-table-is-first',
    fact: 'A query answers with its own table first, and the table of contents last.',
    source: 'the documentation of the query API, version 1',
    confidence: 'documented',
    needs: 'read',
    check: async lab => {
      const answer = await lab.query('print contract = 1')
      const tables = listOf(at(answer, 'Tables'))
      if (tables.length === 0) return unknown(`HTTP ${answer.status} without tables: ${answer.text.slice(0, 200)}`)
      const kinds = listOf(at({ body: tables.at(-1) }, 'Rows')).map(row => String(listOf(row)[1]))
      return verdict(
        kinds[0] === 'QueryResult' && kinds.length === tables.length - 1,
        `${tables.length} tables: ${kinds.join(', ')}`,
      )
    },
  },
  {
    id: 'query-error-has-a-line',
    fact: 'A query with a mistake answers 400, and its error has the line, as [line:position=2:9].',
    source: 'public issues',
    confidence: 'reported',
    needs: 'read',
    check: async lab => {
      const answer = await lab.query(wrongQuery)
      const message = String(at(answer, 'error', '@message') ?? at(answer, 'error', 'message'))
      return verdict(
        answer.status === 400 && message.includes('[line:position=2:'),
        `HTTP ${answer.status}: ${message}`,
      )
    },
  },
]
