/**
 * What the cluster runs in a sandbox: imports each package, and tells its version. Which modules a package has is read
 * from its own list of files: those that are in no other package, but for tests, documentation and the like, which some
 * distributions leave lying about. Its input is a column of names, and an empty name asks for nothing but Python itself.
 */
const python = `
import importlib
import platform
from importlib import machinery, metadata

SUFFIXES = machinery.SOURCE_SUFFIXES + machinery.EXTENSION_SUFFIXES
ASIDE = {"setup", "conftest", "test", "tests", "testing", "doc", "docs", "example", "examples", "benchmark", "benchmarks", "script", "scripts", "tools"}

def modules_of(distribution):
    files = distribution.files
    if files is None:
        names = (distribution.read_text("top_level.txt") or "").split()
    else:
        packages, modules = set(), set()
        for file in files:
            *folders, last = file.parts
            stem, _, ending = last.partition(".")
            if not all(folder.isidentifier() for folder in folders):
                continue
            if "." + ending not in SUFFIXES:
                continue
            if stem == "__init__" and folders:
                packages.add(tuple(folders))
            elif not folders and stem.isidentifier():
                modules.add(stem)
        roots = [each for each in packages if not any(each[:length] in packages for length in range(1, len(each)))]
        names = [".".join(root) for root in roots] + list(modules)
    tops = [(name, name.split(".")[0].lower()) for name in names]
    return sorted(name for name, top in tops if not top.startswith("_") and top not in ASIDE)

rows = []
for name in df["name"]:
    version, modules, problem = "", [], ""
    if name:
        try:
            distribution = metadata.distribution(name)
            version = distribution.version
            modules = modules_of(distribution)
            for module in modules:
                importlib.import_module(module)
        except metadata.PackageNotFoundError:
            problem = "is not installed"
        except BaseException as error:
            problem = "cannot be imported: " + (type(error).__name__ + ": " + str(error))[:500]
    rows.append([name, version, ", ".join(modules), problem, platform.python_version()])

result = pd.DataFrame(rows, columns=["name", "version", "modules", "problem", "python"])
`

/**
 * The query. Nothing of a requirements file is in it: names travel as a parameter.
 * https://learn.microsoft.com/azure/data-explorer/kusto/query/python-plugin
 */
export const verificationQuery = `declare query_parameters(packages:dynamic);
print names = packages
| mv-expand name = names to typeof(string) limit 100000
| project name
| evaluate python(typeof(name:string, version:string, modules:string, problem:string, python:string), \`\`\`${python}\`\`\`)`

/** A query that needs no more than access to the database. */
export const accessQuery = 'print access = true'

/** The names as the value of the query's parameter: JSON is what a literal of that type holds. */
export function namesParameter(names: readonly string[]): { readonly packages: string } {
  return { packages: `dynamic(${JSON.stringify(['', ...names])})` }
}

/** The program alone, for tests. */
export const verificationProgram = python
