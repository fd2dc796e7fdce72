/**
 * Lists the VM sizes that run the sandboxes of custom images, and those that do not, as Microsoft lists them:
 * https://learn.microsoft.com/kusto/concepts/sandboxes and https://learn.microsoft.com/kusto/concepts/sandboxes-in-non-modern-skus,
 * read in November 2026. Premium disks, such as `+1TB_PS`, make no difference.
 */
const suited = [
  ['L8s_v3', 'L16s_v3', 'L8as_v3', 'L16as_v3', 'E8as_v5', 'E16as_v5', 'E8s_v4', 'E16s_v4', 'E8s_v5', 'E16s_v5'],
  ['E2ads_v5', 'E4ads_v5', 'E8ads_v5', 'E16ads_v5', 'E2d_v4', 'E4d_v4', 'E8d_v4', 'E16d_v4'],
  ['E2d_v5', 'E4d_v5', 'E8d_v5', 'E16d_v5'],
].flat()
const unsuited = [
  ['D11_v2', 'D12_v2', 'D13_v2', 'D14_v2', 'E2a_v4', 'E4a_v4', 'E8a_v4', 'E16a_v4', 'DS13_v2', 'DS14_v2'],
  ['E8as_v4', 'E16as_v4', 'L4s', 'L8s', 'L16s', 'L8s_v2', 'L16s_v2', 'E64i_v3', 'E80ids_v4'],
].flat()

/**
 * Tells whether a cluster of this SKU runs the sandboxes of custom images: nested virtualization is what they need.
 * @returns undefined where Microsoft lists it nowhere, as the SKUs for development.
 */
export function runsSandboxes(sku: string): boolean | undefined {
  const size = /^Standard_(\w+?)(?:\+\w+)?$/i.exec(sku)?.[1]?.toLowerCase()
  const isIn = (sizes: readonly string[]) => sizes.some(each => each.toLowerCase() === size)
  if (size === undefined) return undefined
  return isIn(suited) ? true : isIn(unsuited) ? false : undefined
}
