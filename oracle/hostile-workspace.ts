import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const ELSEWHERE = 'http://127.0.0.1:9/simple'

/** Whatever of these a tool reads or runs, it finds no package. */
const FILES: Readonly<Record<string, string>> = {
  'uv.toml': `[[index]]\nurl = "${ELSEWHERE}"\ndefault = true\n`,
  'pyproject.toml': `[tool.uv]\nindex-url = "${ELSEWHERE}"\n`,
  'pip.conf': `[global]\nindex-url = ${ELSEWHERE}\n`,
  'pip.py': 'raise SystemExit(9)\n',
  'requirements.txt': 'nope\n',
}

/**
 * Writes files into the workspace that tools read when they are let, and gives variables of a step that lead there.
 * Temporary files lie in the workspace as well, as a workflow may have it.
 */
export async function hostileWorkspace(workspace: string): Promise<Readonly<Record<string, string>>> {
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(workspace, name), text)
  const temporary = path.join(workspace, 'temporary')
  await mkdir(temporary)
  return {
    RUNNER_TEMP: temporary,
    PIP_CONFIG_FILE: path.join(workspace, 'pip.conf'),
    UV_CONFIG_FILE: path.join(workspace, 'uv.toml'),
    PYTHONPATH: workspace,
  }
}
