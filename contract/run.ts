import { messageOf } from '../src/failure.js'
import { isTerminal, stateOf } from './follow.js'
import { imagePrefix, Interrupted, type Lab, openLab, ownName } from './lab.js'
import { at, type Answer, type Place, type Services } from './services.js'
import { SessionError } from './sessions.js'
import { type Statement, unknown, type Verdict } from './statement.js'

/** Holds a statement with what was seen of it. */
export type Result = { readonly statement: Statement; readonly verdict: Verdict }

/** Holds what a run is to do. */
export type Plan = {
  readonly statements: readonly Statement[]
  readonly place: Place
  /** Tells this run's images from those of others; letters and digits. */
  readonly run: string
  /** Milliseconds after which no further statement is begun. */
  readonly timeLimit: number
}

/** Receives what happens, for a log. */
export type Note = (line: string) => void

/** Milliseconds between two reads of what is cleaned up. */
const pause = 10_000

/** Says that statements cannot be checked on this cluster as it is. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

/**
 * Checks statements one after the other. Whatever happens, the cluster goes back to what queries ran on, and no image of this
 * run stays.
 * @param cleaner the services for cleaning up, which an interruption does not stop.
 * @throws {NotReady} when the cluster cannot be read, or does not run.
 */
export async function checkStatements(
  { statements, place, run, timeLimit }: Plan,
  services: Services,
  cleaner: Services,
  note: Note,
): Promise<readonly Result[]> {
  const lab = openLab(services, place, run)
  const patient = patiently(cleaner)
  const cleaningLab = openLab(patient, place, run)
  const until = services.clock.now() + timeLimit
  const results: Result[] = []
  const before = await lab.cluster().catch((error: unknown) => {
    throw error instanceof SessionError ? error : new NotReady(`The cluster cannot be read: ${messageOf(error)}.`)
  })
  const trouble = troubleWith(before, place)
  if (trouble !== undefined) throw new NotReady(trouble)
  await deleteLeftovers(cleaningLab, patient, note)
  let isSwitched = false
  const restore = async () => {
    if (!isSwitched) return
    isSwitched = false
    await switchBack(before, cleaningLab, patient, note)
  }
  try {
    for (const statement of statements) {
      const switches = statement.needs === 'switch' || statement.needs === 'disposable'
      if (!switches) await restore()
      isSwitched ||= switches
      note(`${statement.id}: ${statement.fact}`)
      const isLate = services.clock.now() >= until
      const verdict = isLate ? unknown('the time was over') : await checked(statement, lab)
      note(`  ${verdict.as}: ${verdict.seen}`)
      results.push({ statement, verdict })
    }
  } catch (error) {
    note(`Stopped: ${messageOf(error)}`)
  }
  // What was seen is not lost because nobody can clean up.
  try {
    await restore()
    await deleteLeftovers(cleaningLab, patient, note)
  } catch (error) {
    note(`Could not clean up: ${messageOf(error)}`)
    note(`In the portal, see which image the cluster runs on, and delete the images that begin with ${imagePrefix}.`)
  }
  const done = new Set(results.map(({ statement }) => statement))
  const rest = statements.filter(each => !done.has(each))
  return [...results, ...rest.map(statement => ({ statement, verdict: unknown('the run was stopped before') }))]
}

async function checked(statement: Statement, lab: Lab): Promise<Verdict> {
  try {
    return await statement.check(lab)
  } catch (error) {
    if (error instanceof Interrupted) throw error
    return unknown(messageOf(error))
  }
}

/** Why nothing can be checked on a cluster, and what to do about it; undefined where it runs. */
function troubleWith(cluster: Answer, { resourceGroup, cluster: name }: Place): string | undefined {
  const error = ['code', 'message'].map(part => at(cluster, 'error', part)).filter(part => typeof part === 'string')
  if (cluster.status !== 200) {
    const said = [`HTTP ${cluster.status}`, ...error].join(', ')
    return `Cluster ${name} cannot be read: ${said}. Check the names, and that you have the role of docs/setup.md.`
  }
  const state = at(cluster, 'properties', 'state')
  if (state === 'Running') return undefined
  const start = `az kusto cluster start --name ${name} --resource-group ${resourceGroup}`
  return `Cluster ${name} is ${String(state)}. It must be Running: wait, or start it with: ${start}`
}

/** A request that gets no answer is sent again: what is cleaned up may be asked for twice. */
function patiently(services: Services): Services {
  const { send, clock } = services
  return {
    ...services,
    send: async request => {
      for (let sent = 1; ; sent++) {
        try {
          return await send(request)
        } catch (error) {
          if (sent === 10) throw error
          await clock.sleep(pause)
        }
      }
    },
  }
}

/** Deletes the images of this run, and those that earlier ones have left behind, but for one that queries run on. */
async function deleteLeftovers(lab: Lab, { clock }: Services, note: Note): Promise<void> {
  for (let tries = 0; tries < 180; tries++) {
    const [cluster, list] = [
      await lab.send('GET', lab.clusterPath),
      await lab.send('GET', `${lab.clusterPath}/sandboxCustomImages`),
    ]
    // Of neither is anything known from an answer that is an error.
    if (cluster.status === 200 && list.status === 200) {
      const own = namesIn(list).filter(name => ownName.test(name))
      const used = own.filter(name => activeImages(cluster).includes(name))
      const unused = own.filter(name => !used.includes(name))
      if (unused.length === 0) {
        for (const name of used)
          note(`Image ${name} stays, for queries run on it: switch the cluster to another one, and delete it.`)
        return
      }
      for (const name of unused) {
        note(`Deleting image ${name}.`)
        await lab.send('DELETE', lab.imagePath(name))
      }
    }
    await clock.sleep(pause)
  }
  note(`Images that begin with ${imagePrefix} are still there. Delete them by hand.`)
}

function namesIn(list: Answer): readonly string[] {
  const images: unknown = at(list, 'value')
  const each: readonly unknown[] = Array.isArray(images) ? images : []
  return each.map(image => String(at({ body: image }, 'name')).replace(/^.*\//, ''))
}

function extensionsOf(cluster: Answer): readonly unknown[] {
  const extensions = at(cluster, 'properties', 'languageExtensions', 'value')
  return Array.isArray(extensions) ? (extensions as readonly unknown[]) : []
}

function activeImages(cluster: Answer): readonly string[] {
  return extensionsOf(cluster).map(each => String(at({ body: each }, 'languageExtensionCustomImageName')))
}

/** Has Python queries run on what they ran on before. */
async function switchBack(before: Answer, lab: Lab, { clock }: Services, note: Note): Promise<void> {
  const python = extensionsOf(before).find(each => at({ body: each }, 'languageExtensionName') === 'PYTHON')
  const body = python === undefined ? { value: [{ languageExtensionName: 'PYTHON' }] } : { value: [python] }
  const action = python === undefined ? 'removeLanguageExtensions' : 'addLanguageExtensions'
  note('Switching the cluster back to what queries ran on before.')
  for (let tries = 0; tries < 360; tries++) {
    const answer = await lab.send('POST', `${lab.clusterPath}/${action}`, body)
    if (answer.status < 300) break
    await clock.sleep(pause)
  }
  for (let reads = 0; reads < 360; reads++) {
    await clock.sleep(pause)
    if (isTerminal(stateOf(await lab.send('GET', lab.clusterPath)))) return
  }
  note('The cluster is still being changed. See its Language extensions in the portal.')
}
