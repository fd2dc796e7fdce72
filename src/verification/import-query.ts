/**
 * Tells the version of each package in a sandbox of the cluster, and what keeps it from being imported. Its input is a
 * column of names; an empty name asks for nothing but Python itself.
 *
 * A package is as good as the modules of its own name: black counts, its blackd does not. Where none has that name, as
 * scikit-learn has sklearn alone, its outermost modules count, except for private ones, tests, documentation and the like,
 * which some distributions leave lying about. Of those, one that lacks a module of another distribution is an optional
 * part as long as another one can be imported.
 *
 * The program reads the metadata that pip leaves, rather than ask importlib.metadata, to be the same on each Python that
 * is offered: that module came with 3.8, and before 3.10 it does not find ruamel-yaml in ruamel.yaml-0.17.21.dist-info.
 * https://packaging.python.org/specifications/recording-installed-packages/
 * @internal
 */
export const verificationProgram = `
import email
import glob
import importlib
import os
import platform
import re
import sys
from importlib import machinery
from pathlib import PureWindowsPath

ASIDE = {"setup", "conftest", "test", "tests", "testing", "doc", "docs", "example", "examples", "benchmark", "benchmarks", "script", "scripts", "tools"}

def normalized(name):
    return re.sub("[-_.]+", "-", name).lower()

def read(*path):
    try:
        with open(os.path.join(*path), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""

def distributions():
    found = {}
    for folder in sys.path:
        # What begins with ~ is a remnant of an upgrade by pip on Windows.
        for pattern in ["[!~]*.dist-info", "[!~]*.egg-info", "EGG-INFO"]:
            for info in sorted(glob.glob(os.path.join(glob.escape(folder), pattern))):
                headers = email.message_from_string(read(info, "METADATA") or read(info, "PKG-INFO") or read(info))
                found.setdefault(normalized(headers.get("Name", "")), (info, headers.get("Version", "")))
    return found

def files_of(info):
    # Split at either slash: a list of files that was made on Windows may have both.
    record = [PureWindowsPath(line.split(",")[0].strip('"')).parts for line in read(info, "RECORD").splitlines()]
    # Relative to the folder of the metadata itself.
    installed = [PureWindowsPath(line).parts[1:] for line in read(info, "installed-files.txt").splitlines()]
    tops = [PureWindowsPath(line, "__init__.py").parts for line in read(info, "top_level.txt").splitlines()]
    return record or installed or tops

def modules_of(info):
    """Each module as the tuple of its names, and whether it is a package."""
    modules = {}
    for path in filter(None, files_of(info)):
        stem, _, ending = path[-1].partition(".")
        is_package = stem == "__init__"
        module = path[:-1] if is_package else path[:-1] + (stem,)
        if "." + ending in machinery.all_suffixes() and module and all(name.isidentifier() for name in module):
            modules[module] = is_package or modules.get(module, False)
    return modules

def outer(module):
    return [module[:length] for length in range(1, len(module))]

def main_modules(name, modules):
    public = [module for module in modules if not any(part.startswith("_") for part in module)]
    tops = [
        module for module in public
        if (modules[module] or len(module) == 1)
        and not any(modules.get(package) for package in outer(module))
        and not any(part.lower() in ASIDE for part in module)
    ]
    return [module for module in public if normalized(".".join(module)) == name] or tops

def problem_of(tried, modules):
    flaws, lacks = [], []
    for module in tried:
        try:
            importlib.import_module(".".join(module))
        except BaseException as error:
            # An error without a name is a hint in words, such as blackd's: install black[d].
            cause = error.__context__ if isinstance(error, ImportError) and error.name is None else error
            missing = tuple(str(getattr(cause, "name", "")).split("."))
            is_own = any(each in modules for each in outer(missing) + [missing])
            problem = "cannot be imported: " + (type(error).__name__ + ": " + str(error))[:500]
            (lacks if isinstance(cause, ModuleNotFoundError) and not is_own else flaws).append(problem)
    if len(lacks) == len(tried):
        flaws = lacks
    return flaws[0] if flaws else ""

installed = distributions()
rows = []
for name in df["name"]:
    version, tried, problem = "", [], ""
    if name and normalized(name) in installed:
        info, version = installed[normalized(name)]
        modules = modules_of(info)
        tried = sorted(main_modules(normalized(name), modules))
        problem = problem_of(tried, modules)
    elif name:
        problem = "is not installed"
    rows.append([name, version, ", ".join(map(".".join, tried)), problem, platform.python_version()])

result = pd.DataFrame(rows, columns=["name", "version", "modules", "problem", "python"])
`

/**
 * Holds the query. Nothing of a requirements file is in it: names travel as a parameter.
 * https://learn.microsoft.com/azure/data-explorer/kusto/query/python-plugin
 */
export const verificationQuery = `declare query_parameters(packages:dynamic);
print names = packages
| mv-expand name = names to typeof(string) limit 100000
| project name
| evaluate python(typeof(name:string, version:string, modules:string, problem:string, python:string), \`\`\`${verificationProgram}\`\`\`)`

/** Holds a query that needs no more than access to the database. */
export const accessQuery = 'print access = true'

/** Returns the names as the value of the query's parameter: JSON is what a literal of that type holds. */
export function namesParameter(names: readonly string[]): { readonly packages: string } {
  return { packages: `dynamic(${JSON.stringify(['', ...names])})` }
}

/**
 * Tells whether the engine's words mean that python() may not run on the cluster at all: the plugin is not enabled, or
 * a policy forbids it. https://learn.microsoft.com/kusto/query/python-plugin
 */
export function isPluginDisabled(words: string): boolean {
  const text = words.slice(0, 4_000).toLowerCase()
  return text.includes('plugin') && /\b(?:not enabled|disabled|not allowed|blocked by policy)\b/.test(text)
}
