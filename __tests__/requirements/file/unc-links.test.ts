import path from 'node:path'
import { expect, test } from '@jest/globals'
import { leadsToHost } from '../../../src/requirements/file/open-file.js'

/** Asks about a path of a disk with these links, and tells what was looked at. */
async function ask(file: string, links: Readonly<Record<string, string>>) {
  const looked: string[] = []
  const readlink = (each: string): Promise<string> => {
    looked.push(each)
    const target = links[each]
    return target === undefined ? Promise.reject(new Error('EINVAL')) : Promise.resolve(target)
  }
  return { leads: await leadsToHost(file, readlink, path.win32), looked }
}

const file = 'D:\\a\\ws\\sub\\requirements.txt'

test.each<[string, Record<string, string>, string | undefined]>([
  ['no link', {}, undefined],
  ['a link to another host', { [file]: '\\\\evil.example\\share\\x' }, '\\\\evil.example\\share\\x'],
  ['a folder that is one', { 'D:\\a\\ws\\sub': '\\\\evil.example\\share' }, '\\\\evil.example\\share'],
  ['with slashes', { [file]: '//evil.example/share/x' }, '//evil.example/share/x'],
  ['a device', { [file]: '\\\\.\\pipe\\x' }, '\\\\.\\pipe\\x'],
  ['a link within', { [file]: '..\\other.txt' }, undefined],
  ['a link to a link', { [file]: 'b', 'D:\\a\\ws\\sub\\b': '\\\\evil.example\\x\\y' }, '\\\\evil.example\\x\\y'],
  ['a link to a folder with one', { 'D:\\a\\ws\\sub': 'D:\\b', 'D:\\b\\requirements.txt': '\\\\h\\s' }, '\\\\h\\s'],
  ['a circle', { [file]: 'requirements.txt' }, undefined],
])('%s', async (_, links, leads) => {
  const asked = await ask(file, links)
  expect(asked.leads).toBe(leads)
  expect(asked.looked.filter(each => each.startsWith('\\\\'))).toEqual([])
})
