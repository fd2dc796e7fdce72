// Files in the formats of other tools, of which tests and `npm run oracle` ask the same.

/** A file, and what is chosen in it. */
export type FormatCase = {
  readonly text: string
  readonly extras: readonly string[]
  readonly groups: readonly string[]
}

function chosen(text: string, { extras = [], groups = [] }: Partial<Omit<FormatCase, 'text'>> = {}): FormatCase {
  return { text, extras, groups }
}

const wheel = (name: string): string =>
  `{ url = "https://files.pythonhosted.org/packages/00/00/${name}", hash = "sha256:${'0'.repeat(64)}", size = 1 }`

/** As `uv lock` of uv 0.13.9 writes it, with fewer wheels. */
const UV_LOCK = `version = 1
revision = 5
requires-python = ">=3.10"
resolution-markers = [
    "python_full_version >= '3.12'",
    "python_full_version < '3.12'",
]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://pypi.org/simple" }
wheels = [
    ${wheel('colorama-0.4.6-py2.py3-none-any.whl')},
]

[[package]]
name = "demo-app"
version = "1.2.3"
source = { virtual = "." }
dependencies = [
    { name = "colorama", marker = "sys_platform == 'win32'" },
    { name = "numpy", version = "1.26.4", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.12'" },
    { name = "numpy", version = "2.5.5", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.12'" },
    { name = "uvloop", marker = "sys_platform == 'linux'" },
]

[package.optional-dependencies]
big-thing = [
    { name = "tomli", marker = "python_full_version < '3.11'" },
]
plot = [
    { name = "six" },
]

[package.dev-dependencies]
dev = [
    { name = "iniconfig" },
    { name = "pluggy" },
]
lint-x = [
    { name = "pluggy" },
]

[package.metadata]
requires-dist = [
    { name = "colorama", marker = "sys_platform == 'win32'" },
    { name = "numpy", marker = "python_full_version < '3.12'", specifier = "<2" },
    { name = "numpy", marker = "python_full_version >= '3.12'", specifier = ">=2" },
    { name = "six", marker = "extra == 'plot'" },
    { name = "tomli", marker = "python_full_version < '3.11' and extra == 'big-thing'" },
    { name = "uvloop", marker = "sys_platform == 'linux'" },
]
provides-extras = ["plot", "big-thing"]

[package.metadata.requires-dev]
dev = [
    { name = "iniconfig" },
    { name = "pluggy" },
]
lint-x = [{ name = "pluggy" }]

[[package]]
name = "iniconfig"
version = "2.3.1"
source = { registry = "https://pypi.org/simple" }
wheels = [
    ${wheel('iniconfig-2.3.1-py3-none-any.whl')},
]

[[package]]
name = "numpy"
version = "1.26.4"
source = { registry = "https://pypi.org/simple" }
resolution-markers = [
    "python_full_version < '3.12'",
]
wheels = [
    ${wheel('numpy-1.26.4-cp310-cp310-win_amd64.whl')},
    ${wheel('numpy-1.26.4-cp311-cp311-win_amd64.whl')},
]

[[package]]
name = "numpy"
version = "2.5.5"
source = { registry = "https://pypi.org/simple" }
resolution-markers = [
    "python_full_version >= '3.12'",
]
wheels = [
    ${wheel('numpy-2.5.5-cp312-cp312-win_amd64.whl')},
]

[[package]]
name = "pluggy"
version = "1.7.0"
source = { registry = "https://pypi.org/simple" }
wheels = [
    ${wheel('pluggy-1.7.0-py3-none-any.whl')},
]

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://pypi.org/simple" }
wheels = [
    ${wheel('six-1.17.0-py2.py3-none-any.whl')},
]

[[package]]
name = "tomli"
version = "2.5.0"
source = { registry = "https://pypi.org/simple" }
wheels = [
    ${wheel('tomli-2.5.0-py3-none-any.whl')},
]

[[package]]
name = "uvloop"
version = "0.23.0"
source = { registry = "https://pypi.org/simple" }
wheels = [
    ${wheel('uvloop-0.23.0-cp311-cp311-manylinux_2_17_x86_64.whl')},
]
`

/** Sources that the image cannot have, or not for certain. */
const UV_LOCK_SOURCES = `version = 1
revision = 5
requires-python = ">=3.10"

[[package]]
name = "docopt"
version = "0.6.2"
source = { registry = "https://pypi.org/simple" }
sdist = ${wheel('docopt-0.6.2.tar.gz')}

[[package]]
name = "iniconfig"
version = "2.1.0"
source = { url = "https://files.pythonhosted.org/packages/00/00/iniconfig-2.1.0-py3-none-any.whl" }
wheels = [
    { url = "https://files.pythonhosted.org/packages/00/00/iniconfig-2.1.0-py3-none-any.whl", hash = "sha256:${'0'.repeat(64)}" },
]

[[package]]
name = "local-bar"
version = "1.0"
source = { git = "https://git.example/bar#1a3fa9d07f2b1d15754b83ac625c30084d15fc43" }

[[package]]
name = "local-foo"
version = "1.0"
source = { editable = "libs/foo" }

[[package]]
name = "other-app"
version = "1"
source = { editable = "." }
dependencies = [
    { name = "docopt" },
    { name = "iniconfig" },
    { name = "local-bar" },
    { name = "local-foo" },
    { name = "torch" },
]

[package.metadata]
requires-dist = [
    { name = "docopt" },
    { name = "iniconfig", url = "https://files.pythonhosted.org/packages/00/00/iniconfig-2.1.0-py3-none-any.whl" },
    { name = "local-bar", git = "https://git.example/bar" },
    { name = "local-foo", editable = "libs/foo" },
    { name = "torch", index = "https://download.example/whl/cpu" },
]

[[package]]
name = "torch"
version = "2.9.1+cpu"
source = { registry = "https://download.example/whl/cpu" }
wheels = [
    { url = "https://download.example/whl/cpu/torch-2.9.1%2Bcpu-cp311-cp311-win_amd64.whl" },
]
`

/** `uv.lock`. */
export const UV_LOCKS: Readonly<Record<string, FormatCase>> = {
  'nothing chosen': chosen(UV_LOCK),
  'an extra and a group, spelled in another way': chosen(UV_LOCK, { extras: ['Big_Thing'], groups: ['lint.x'] }),
  'all of it': chosen(UV_LOCK, { extras: ['plot', 'big-thing'], groups: ['dev'] }),
  'other sources': chosen(UV_LOCK_SOURCES),
}

const PYLOCK = `lock-version = "1.0"
created-by = "a test"
requires-python = ">=3.10"
environments = ["sys_platform == 'win32'", "sys_platform == 'linux'"]
extras = ["plot"]
dependency-groups = ["dev", "default"]
default-groups = ["default"]

[[packages]]
name = "numpy"
version = "1.26.4"
marker = "python_full_version < '3.12'"
index = "https://pypi.org/simple"
wheels = [{ name = "numpy-1.26.4-cp311-cp311-win_amd64.whl", url = "https://files.pythonhosted.org/numpy-1.26.4-cp311-cp311-win_amd64.whl", hashes = { sha256 = "00" } }]

[[packages]]
name = "numpy"
version = "2.5.5"
marker = "python_full_version >= '3.12'"
wheels = [{ url = "https://files.pythonhosted.org/numpy-2.5.5-cp312-cp312-win_amd64.whl", hashes = { sha256 = "00" } }]

[[packages]]
name = "uvloop"
version = "0.23.0"
marker = "sys_platform != 'win32'"
sdist = { url = "https://files.pythonhosted.org/uvloop-0.23.0.tar.gz", hashes = { sha256 = "00" } }

[[packages]]
name = "six"
version = "1.17.0"
marker = '"plot" in extras or "dev" in dependency_groups'
wheels = [{ url = "https://files.pythonhosted.org/six-1.17.0-py2.py3-none-any.whl", hashes = { sha256 = "00" } }]

[[packages]]
name = "tqdm"
version = "4.70.1"
marker = '"default" in dependency_groups and sys_platform == "win32"'
wheels = [{ url = "https://files.pythonhosted.org/tqdm-4.70.1-py3-none-any.whl", hashes = { sha256 = "00" } }]

[[packages]]
name = "pluggy"
version = "1.7.0"
marker = '"dev" not in dependency_groups'

[[packages.wheels]]
url = "https://files.pythonhosted.org/pluggy-1.7.0-py3-none-any.whl"

[packages.wheels.hashes]
sha256 = "00"
`

/** `pylock.toml`; groups that are chosen take the place of the default ones. */
export const PYLOCKS: Readonly<Record<string, FormatCase>> = {
  'nothing chosen': chosen(PYLOCK),
  'an extra': chosen(PYLOCK, { extras: ['Plot'] }),
  'a group': chosen(PYLOCK, { groups: ['dev'] }),
  'as pip writes it': chosen(`lock-version = "1.0"
created-by = "pip"

[[packages]]
name = "six"
version = "1.17.0"

[[packages.wheels]]
name = "six-1.17.0-py2.py3-none-any.whl"
url = "https://files.pythonhosted.org/packages/b7/ce/six-1.17.0-py2.py3-none-any.whl"

[packages.wheels.hashes]
sha256 = "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274"
`),
  'another Python': chosen('lock-version = "1.0"\ncreated-by = "x"\nrequires-python = ">=3.12"\npackages = []\n'),
  'other environments': chosen(
    'lock-version = "1.0"\ncreated-by = "x"\nenvironments = ["os_name == \'posix\'"]\npackages = []\n',
  ),
  'an extra that it has not': chosen('lock-version = "1.0"\ncreated-by = "x"\npackages = []\n', { extras: ['x'] }),
  'a group that it has not': chosen('lock-version = "1.0"\ncreated-by = "x"\npackages = []\n', { groups: ['x'] }),
  'another version of the format': chosen('lock-version = "2.0"\ncreated-by = "x"\npackages = []\n'),
  'no packages': chosen('lock-version = "1.0"\ncreated-by = "x"\n'),
  'a package twice': chosen(
    `lock-version = "1.0"\ncreated-by = "x"\n${['1', '2'].map(version => `[[packages]]\nname = "six"\nversion = "${version}"\nsdist = { url = "https://h/six-${version}.tar.gz", hashes = { sha256 = "00" } }\n`).join('')}`,
  ),
  'a package that needs another Python': chosen(
    'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "six"\nversion = "1"\nrequires-python = "<3"\nsdist = { url = "https://h/six-1.tar.gz", hashes = { sha256 = "00" } }\n',
  ),
  'a package without a source': chosen(
    'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "six"\nversion = "1"\n',
  ),
  'wheels for others alone': chosen(
    'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "six"\nversion = "1"\nwheels = [{ url = "https://h/six-1-cp311-cp311-macosx_11_0_arm64.whl", hashes = { sha256 = "00" } }]\n',
  ),
}

/** `[dependency-groups]` of `pyproject.toml`. */
export const GROUPS: Readonly<Record<string, FormatCase>> = {
  'a group': chosen('[dependency-groups]\ntest = ["pytest>7", "coverage"]\n', { groups: ['test'] }),
  'an included group': chosen(
    '[dependency-groups]\ntest = ["pytest"]\nall = ["ruff", {include-group = "Test"}, "mypy"]\n',
    { groups: ['ALL'] },
  ),
  'a group included twice': chosen(
    '[dependency-groups]\na = ["six"]\nb = [{include-group = "a"}]\nc = [{include-group = "a"}, {include-group = "b"}]\n',
    { groups: ['c'] },
  ),
  'a cycle': chosen('[dependency-groups]\na = ["six", {include-group = "b"}]\nb = [{include-group = "a"}]\n', {
    groups: ['a'],
  }),
  'a group that includes itself': chosen('[dependency-groups]\na = [{include-group = "a"}]\n', { groups: ['a'] }),
  'a group that it has not': chosen('[dependency-groups]\na = []\n', { groups: ['b'] }),
  'an included group that it has not': chosen('[dependency-groups]\na = [{include-group = "b"}]\n', { groups: ['a'] }),
  'an item of another kind': chosen('[dependency-groups]\na = [1]\n', { groups: ['a'] }),
  'an include with more': chosen('[dependency-groups]\na = [{include-group = "b", x = 1}]\nb = []\n', {
    groups: ['a'],
  }),
  'an option for a requirement': chosen('[dependency-groups]\na = ["-r base.txt"]\n', { groups: ['a'] }),
  'two lines for a requirement': chosen('[dependency-groups]\na = ["six\\n--index-url x"]\n', { groups: ['a'] }),
  'not a list': chosen('[dependency-groups]\na = "six"\n', { groups: ['a'] }),
}

/** Bytes of a requirements file. */
export const ENCODINGS: Readonly<Record<string, readonly number[]>> = {
  'UTF-16 LE with a mark': [0xff, 0xfe, ...utf16('numpy\r\nsix\r\n', 'le')],
  'UTF-16 BE with a mark': [0xfe, 0xff, ...utf16('numpy\r\nsix\r\n', 'be')],
  'UTF-16 LE with a mark, beyond the plane': [0xff, 0xfe, ...utf16('# 😀 ü\r\nsix\r\n', 'le')],
  'UTF-16 LE without a mark': utf16('numpy\r\nsix\r\n', 'le'),
  'UTF-16 BE without a mark': utf16('numpy\r\nsix\r\n', 'be'),
  'UTF-16 LE after UTF-8': [...Buffer.from('numpy\n# ü\n'), ...utf16('six\r\n', 'le')],
  'UTF-16 LE with a mark, half a character missing': [0xff, 0xfe, ...utf16('six\n', 'le'), 0x61],
  'UTF-16 LE with a mark, half a pair': [0xff, 0xfe, ...utf16('six\n\ud83d\n', 'le')],
  'ASCII after UTF-16 LE': [0xff, 0xfe, ...utf16('six\r\n', 'le'), ...Buffer.from('numpy\n')],
  'UTF-16 LE of Chinese': [0xff, 0xfe, ...utf16('# 数据分析\r\nsix # 分析\r\n', 'le')],
  'a mark alone': [0xff, 0xfe],
}

function utf16(text: string, order: 'le' | 'be'): number[] {
  const bytes = Buffer.from(text, 'utf16le')
  return [...(order === 'le' ? bytes : bytes.swap16())]
}
