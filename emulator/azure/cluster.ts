import type { Chance } from '../chance.js'

/** Describes the one cluster of a world; other names lead nowhere. */
export type Cluster = {
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly name: string
  readonly location: string
  /** Domain of the data endpoints of its cloud. */
  readonly dataDomain: string
  /** `Running`, `Stopped`, … */
  state: string
  provisioningState: string
  /** Machines that it runs on. */
  sku: string
  publicNetworkAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter'
  /** What queries run on, by language; the service shows them in any order. */
  languageExtensions: LanguageExtension[]
  /** What the image of the Python extension held when the cluster was switched to it; undefined for a managed one. */
  activeContent: ImageContent | undefined
  /** What queries in Python ran on before the last switch. */
  formerPython: ActiveImage | undefined
  readonly images: ReturnType<typeof createImageStore>
  /** Client IDs of who may query a database, by its name. */
  readonly databases: Map<string, Set<string>>
}

/** Describes an image as queries run on it: the name of it, or that of a managed one, and what it held then. */
export type ActiveImage = { readonly image: string; readonly content: ImageContent | undefined }

/** Describes an image that a language's queries run on. */
export type LanguageExtension = {
  readonly languageExtensionName: string
  readonly languageExtensionImageName: string
  readonly languageExtensionCustomImageName?: string
}

/** Says what an image is built from. */
export type ImageContent = {
  readonly language: string
  readonly languageVersion?: string
  readonly baseImageName?: string
  readonly requirementsFileContent?: string
}

/** Describes an image of the cluster. */
export type Image = {
  readonly name: string
  content: ImageContent
  provisioningState: string
  /** When it was last changed, where the service is to say so; in recorded traffic it does not. */
  changedAt?: Date
}

/** Returns the language extension with which queries in Python run on an image of the cluster's own. */
export function pythonOn(image: string): LanguageExtension {
  return {
    languageExtensionName: 'PYTHON',
    languageExtensionImageName: 'PythonCustomImage',
    languageExtensionCustomImageName: image,
  }
}

/** Creates a running cluster without images. */
export function createCluster(changes: Partial<Cluster> = {}): Cluster {
  return {
    subscriptionId: '3f1c6f0e-8d35-4c5e-9d0c-2f6f5a1b7c42',
    resourceGroup: 'analytics-prod',
    name: 'adxforecast',
    location: 'East US',
    dataDomain: 'kusto.windows.net',
    state: 'Running',
    provisioningState: 'Succeeded',
    sku: 'Standard_E8ads_v5',
    publicNetworkAccess: 'Enabled',
    languageExtensions: [{ languageExtensionName: 'PYTHON', languageExtensionImageName: 'Python3_10_8' }],
    activeContent: undefined,
    formerPython: undefined,
    images: createImageStore(),
    databases: new Map([['telemetry', new Set()]]),
    ...changes,
  }
}

/** Returns the cluster's resource ID, spelled as the service spells it. */
export function clusterId(cluster: Cluster): string {
  const group = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}`
  return `${group}/providers/Microsoft.Kusto/Clusters/${cluster.name}`
}

/** Returns the image's resource ID; its capitals differ from those of the path that was asked for. */
export function imageId(cluster: Cluster, imageName: string): string {
  return `${clusterId(cluster)}/SandboxCustomImages/${imageName}`
}

/** Names what the service adds to what was sent; what the real one adds is not known. */
export type Completion = 'nothing' | 'version' | 'null version' | 'base'

/** The versions that there are, by what else they may be called. */
const versions: Readonly<Record<string, string>> = { '3.9': '3.9.7', '3.10': '3.10.8', '3.11': '3.11.7' }

/** What an image is made of, as the service shows it. */
function completed(content: ImageContent, completion: Completion): object {
  const { languageVersion: version } = content
  if (version === undefined || completion === 'nothing') return content
  if (completion === 'version') return { ...content, languageVersion: versions[version] ?? version }
  if (completion === 'null version') return { ...content, languageVersion: null }
  return { ...content, baseImageName: `Python${(versions[version] ?? version).replaceAll('.', '_')}` }
}

/** What the service says of when an image was changed, if anything. */
function dates({ changedAt }: Image, createdAt: Date | undefined): object | undefined {
  if (changedAt !== undefined) return { lastModifiedAt: changedAt.toISOString() }
  return createdAt && { createdAt: createdAt.toISOString() }
}

/** Returns the image as the service shows it: language in capitals, and the cluster in its name. */
export function showImage(
  cluster: Cluster,
  image: Image,
  completion: Completion,
  provisioningState = image.provisioningState,
  createdAt?: Date,
): object {
  return {
    id: imageId(cluster, image.name),
    name: `${cluster.name}/${image.name}`,
    type: 'Microsoft.Kusto/Clusters/SandboxCustomImages',
    ...(dates(image, createdAt) && { systemData: dates(image, createdAt) }),
    properties: {
      ...completed(image.content, completion),
      language: image.content.language.toUpperCase(),
      provisioningState,
    },
  }
}

/** Returns the host of the cluster's data endpoint. */
export function dataHost(cluster: Cluster): string {
  return `${cluster.name}.${cluster.location.toLowerCase().replaceAll(' ', '')}.${cluster.dataDomain}`
}

/** Has queries of a language run on another image. */
export function setExtension(cluster: Cluster, extension: LanguageExtension): void {
  const { languageExtensionName: language, languageExtensionCustomImageName: image } = extension
  if (language === 'PYTHON') cluster.formerPython = activePython(cluster)
  const others = cluster.languageExtensions.filter(each => each.languageExtensionName !== language)
  cluster.languageExtensions = [...others, extension]
  if (language !== 'PYTHON') return
  const content = image === undefined ? undefined : cluster.images.get(image)?.content
  cluster.activeContent = content && { ...content }
}

/** Tells what queries in Python run on. */
export function activePython({ languageExtensions, activeContent }: Cluster): ActiveImage | undefined {
  const python = languageExtensions.find(each => each.languageExtensionName === 'PYTHON')
  if (python === undefined) return undefined
  return {
    image: python.languageExtensionCustomImageName ?? python.languageExtensionImageName,
    content: activeContent,
  }
}

/** Returns the cluster as the service shows it. */
export function showCluster(cluster: Cluster, { random }: Chance): object {
  return {
    id: clusterId(cluster),
    name: cluster.name,
    type: 'Microsoft.Kusto/Clusters',
    location: cluster.location,
    sku: { name: cluster.sku, tier: 'Standard', capacity: 2 },
    properties: {
      state: cluster.state,
      provisioningState: cluster.provisioningState,
      uri: `https://${dataHost(cluster)}`,
      publicNetworkAccess: cluster.publicNetworkAccess,
      dataIngestionUri: `https://ingest-${dataHost(cluster)}`,
      languageExtensions: { value: shuffled(cluster.languageExtensions, random) },
    },
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map(item => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

/** The images of a cluster by name, whose case does not matter. */
function createImageStore() {
  const images = new Map<string, Image>()
  return {
    get: (name: string) => images.get(name.toLowerCase()),
    set(name: string, content: ImageContent, provisioningState = 'Succeeded') {
      const image: Image = { name: images.get(name.toLowerCase())?.name ?? name, content, provisioningState }
      images.set(name.toLowerCase(), image)
      return image
    },
    delete: (name: string) => void images.delete(name.toLowerCase()),
    all: () => [...images.values()],
  }
}
