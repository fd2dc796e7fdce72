/** The one cluster of a world; other names lead nowhere. */
export type Cluster = {
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly name: string
  readonly location: string
  /** `Running`, `Stopped`, … */
  state: string
  provisioningState: string
  readonly images: ImageStore
}

/** What an image is built from. */
export type ImageContent = {
  readonly language: string
  readonly languageVersion?: string
  readonly baseImageName?: string
  readonly requirementsFileContent?: string
}

/** An image of the cluster. */
export type Image = {
  readonly name: string
  content: ImageContent
  provisioningState: string
}

/** The images of a cluster by name, whose case does not matter. */
export type ImageStore = {
  get(name: string): Image | undefined
  /** Puts an image there, finished unless told otherwise. */
  set(name: string, content: ImageContent, provisioningState?: string): Image
  delete(name: string): void
  all(): Image[]
}

/** A running cluster without images. */
export function createCluster(changes: Partial<Cluster> = {}): Cluster {
  return {
    subscriptionId: '3f1c6f0e-8d35-4c5e-9d0c-2f6f5a1b7c42',
    resourceGroup: 'analytics-prod',
    name: 'adxforecast',
    location: 'East US',
    state: 'Running',
    provisioningState: 'Succeeded',
    images: createImageStore(),
    ...changes,
  }
}

/** The cluster's resource ID, spelled as the service spells it. */
export function clusterId(cluster: Cluster): string {
  const group = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}`
  return `${group}/providers/Microsoft.Kusto/Clusters/${cluster.name}`
}

/** The image's resource ID; its capitals differ from those of the path that was asked for. */
export function imageId(cluster: Cluster, imageName: string): string {
  return `${clusterId(cluster)}/SandboxCustomImages/${imageName}`
}

/** The image as the service shows it: language in capitals, the cluster in its name, and only what was once sent. */
export function showImage(cluster: Cluster, image: Image, provisioningState = image.provisioningState): object {
  return {
    id: imageId(cluster, image.name),
    name: `${cluster.name}/${image.name}`,
    type: 'Microsoft.Kusto/Clusters/SandboxCustomImages',
    properties: { ...image.content, language: image.content.language.toUpperCase(), provisioningState },
  }
}

/** The cluster as the service shows it. */
export function showCluster(cluster: Cluster): object {
  const region = cluster.location.toLowerCase().replaceAll(' ', '')
  return {
    id: clusterId(cluster),
    name: cluster.name,
    type: 'Microsoft.Kusto/Clusters',
    location: cluster.location,
    sku: { name: 'Standard_E8ads_v5', tier: 'Standard', capacity: 2 },
    properties: {
      state: cluster.state,
      provisioningState: cluster.provisioningState,
      uri: `https://${cluster.name}.${region}.kusto.windows.net`,
      dataIngestionUri: `https://ingest-${cluster.name}.${region}.kusto.windows.net`,
      languageExtensions: { value: [] },
    },
  }
}

function createImageStore(): ImageStore {
  const images = new Map<string, Image>()
  return {
    get: name => images.get(name.toLowerCase()),
    set(name, content, provisioningState = 'Succeeded') {
      const image = { name: images.get(name.toLowerCase())?.name ?? name, content, provisioningState }
      images.set(name.toLowerCase(), image)
      return image
    },
    delete: name => void images.delete(name.toLowerCase()),
    all: () => [...images.values()],
  }
}
