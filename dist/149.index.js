export const id = 149;
export const ids = [149];
export const modules = {

/***/ 6149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  askResolvers: () => (/* binding */ askResolvers)
});

// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
// EXTERNAL MODULE: ./build/src/requirements/package-changes.js
var package_changes = __webpack_require__(626);
// EXTERNAL MODULE: ./build/src/requirements/findings/finding.js
var finding = __webpack_require__(7428);
// EXTERNAL MODULE: ./build/src/requirements/findings/source-map.js
var source_map = __webpack_require__(9395);
// EXTERNAL MODULE: ./build/src/requirements/grammar/named-requirement.js
var named_requirement = __webpack_require__(6739);
// EXTERNAL MODULE: ./build/src/redact.js
var redact = __webpack_require__(5332);
// EXTERNAL MODULE: ./build/src/requirements/grammar/specifier.js
var specifier = __webpack_require__(820);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/resolver-diagnostic.js





/** A long chain of conflicts is cut: nobody reads more, and an annotation holds 4 KiB. */
const QUOTE_LIMIT = 1500;
/** Of the lines that one complaint is about so many are told: of a file where more are, nobody corrects line by line. */
const MOST_LINES = 100;
/** The findings of a complaint: one on each line to blame, or one on the file as a whole. */
function findingsOf(complaint, tool, requirements) {
    const { id, entries, severity } = complaint;
    const quote = inOneLine(complaint.quote);
    const message = quote === '' ? complaint.message : `${complaint.message} ${tool} says: ${quote}`;
    // pip resolves for the machine it runs on where it matters, so what it says alone fails nothing.
    const most = tool === 'pip' && severity === 'error' ? 'warning' : severity;
    if (entries.length === 0) {
        const whole = { file: requirements.files[0] ?? '', line: 1, column: 1, endColumn: 1 };
        return [(0,finding/* finding */.gk)(id, message, whole, most)];
    }
    const placement = (0,source_map/* createSourceMap */.g)(requirements);
    return entries.slice(0, MOST_LINES).map(entry => (0,finding/* finding */.gk)(id, message, placement(entry.span), most));
}
/** A text of a tool, which may span lines and be indented, in one line that is not too long, without passwords. */
function inOneLine(text) {
    const line = (0,redact/* redactUrls */.s)(text)
        .slice(0, 64 * 1024)
        .replace(/\s+/g, ' ')
        .trim();
    return line.length > QUOTE_LIMIT ? `${line.slice(0, QUOTE_LIMIT)}…` : line;
}
function byName(entries) {
    const grouped = Map.groupBy(entries, entry => entry.normalizedName);
    return new Map(Array.from(grouped, ([name, named]) => [
        name,
        { entries: named, bySpecifiers: Map.groupBy(named, entry => inOneOrder(entry.specifiers)) },
    ]));
}
const noEntries = [];
/**
 * The requirements that a tool means by a name with, perhaps, specifiers: of several lines for one project those that say
 * the same, or all where none does, for tools simplify what they print. The same list for the same requirements, so that
 * those of a text that names them a thousand times are put together quickly.
 */
function entriesNamed(name, specifierText, listed) {
    const project = listed.get((0,named_requirement/* normalizedName */.j8)(name));
    if (project === undefined)
        return noEntries;
    if (project.entries.length < 2)
        return project.entries;
    const stated = (0,specifier/* specifiersOf */.LJ)(specifierText);
    const same = stated && project.bySpecifiers.get(inOneOrder(stated));
    return same ?? project.entries;
}
/** The requirements in any of the lists, in the order of the file. */
function inAnyOf(lists, entries) {
    const chosen = new Set([...lists].flat());
    return entries.filter(entry => chosen.has(entry));
}
/** A name as it stands in a sentence, without punctuation at its end. */
function withoutPunctuation(name) {
    let end = name.length;
    while (end > 0 && '._-'.includes(name.charAt(end - 1)))
        end--;
    return name.slice(0, end);
}
/** So many yanked packages are told. */
const MOST_YANKED = 100;
/** The complaints about yanked packages, each once. @param warnings matches of name, version and, perhaps, reason */
function yankedIn(warnings, askedBy, entries) {
    const complaints = new Map();
    for (const [, name = '', version = '', reason = ''] of warnings) {
        const key = `${(0,named_requirement/* normalizedName */.j8)(name)}==${version}`;
        if (complaints.size === MOST_YANKED)
            break;
        if (complaints.has(key))
            continue;
        const leading = entriesLeadingTo((0,named_requirement/* normalizedName */.j8)(name), askedBy, entries);
        complaints.set(key, { ...yanked(name, version, reason), quote: '', entries: leading });
    }
    return [...complaints.values()];
}
function inOneOrder(specifiers) {
    return specifiers.map(specifier/* canonicalSpecifier */.Z7).sort().join();
}
/**
 * The requirements of the file that led to a package, by what asked for each package: names of packages, or `undefined`
 * for the file itself.
 */
function entriesLeadingTo(name, askedBy, entries) {
    const seen = new Set([name]);
    const roots = new Set();
    // A set visits what is added while it is being walked.
    for (const current of seen) {
        for (const asking of askedBy.get(current) ?? []) {
            if (asking === undefined)
                roots.add(current);
            else
                seen.add(asking);
        }
    }
    return entries.filter(entry => roots.has(entry.normalizedName));
}
/** No project of that name, or no version of it that was asked for. */
function notFound() {
    return {
        id: 'not-found',
        severity: 'error',
        message: 'There is no such project or version: correct the name or the version.',
    };
}
/** There are versions, but for other versions of Python. */
function otherPython(pythonVersion) {
    const message = `No version that satisfies this line supports Python ${pythonVersion}: ask for another version.`;
    return { id: 'not-found', severity: 'error', message };
}
/** There are versions, but no wheels that the image could hold. */
function noWheel(pythonVersion) {
    const target = `Windows (x86-64) and Python ${pythonVersion}`;
    const message = `There is no wheel for ${target}: the service would have to build the package from source, which may fail. ` +
        'Ask for a version that has one.';
    return { id: 'no-wheel', severity: 'warning', message };
}
/** There are versions, but their metadata cannot be read. */
function invalidMetadata() {
    const message = 'The package index offers this package with metadata that are invalid: ask for another version.';
    return { id: 'invalid-metadata', severity: 'warning', message };
}
/** Requirements that exclude each other. */
function conflict() {
    return {
        id: 'conflict',
        severity: 'error',
        message: 'Requirements exclude each other: loosen or change one of them.',
    };
}
/** A version that its authors took back. */
function yanked(name, version, reason) {
    const why = reason === '' ? '' : ` (“${reason}”)`;
    return {
        id: 'yanked',
        severity: 'warning',
        message: `${name} ${version} was yanked by its authors${why}: ask for another version.`,
    };
}
//# sourceMappingURL=resolver-diagnostic.js.map
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/resolver.js


/** The name under which the requirements lie in the directory. */
const FILE = 'requirements.txt';
/** How much of what a tool wrote is repeated as the reason for no answer. */
const WHY_LIMIT = 500;
/** No answer, with what the tool wrote instead; its warnings and tracebacks are not what went wrong. */
function noResult(tool, { code, errors }) {
    const lines = (0,redact/* redactUrls */.s)(errors)
        .slice(-64 * 1024)
        .split(/\r?\n/);
    const said = lines.filter(line => line.trim() !== '' && !/^\s*(?:warning\b|Traceback |File "|\^+$)/i.test(line));
    const words = inOneLine((code === undefined ? said : said.slice(-8)).join(' ')).slice(0, WHY_LIMIT);
    const ended = code === undefined ? 'did not run to its end' : `ended with code ${code}`;
    return { kind: 'none', why: words === '' ? `${tool} ${ended}` : `${tool} ${ended}: ${words}` };
}
/** What every tool is given to write to, and told of its output. */
function environmentIn(directory, environment) {
    const { path } = directory;
    return {
        ...environment,
        TMPDIR: path,
        TEMP: path,
        TMP: path,
        NO_COLOR: '1',
        COLUMNS: '10000',
        PYTHONUTF8: '1',
        PYTHONSAFEPATH: '1',
        PYTHONDONTWRITEBYTECODE: '1',
    };
}
/** Whether `version`, such as `0.9.18` or `26.0`, is `[major, minor]` or later. */
function isSince(version, [major, minor]) {
    const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number);
    return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
//# sourceMappingURL=resolver.js.map
// EXTERNAL MODULE: ./build/src/requirements/evaluate/evaluate-marker.js
var evaluate_marker = __webpack_require__(9060);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/python-target.js
var python_target = __webpack_require__(6772);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/version-range.js + 4 modules
var version_range = __webpack_require__(6973);
// EXTERNAL MODULE: ./build/src/requirements/requirements.js + 7 modules
var requirements = __webpack_require__(184);
// EXTERNAL MODULE: ./build/src/json.js
var json = __webpack_require__(4715);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/pip-output.js








const SENTENCE = 'Could not find a version that satisfies the requirement ';
const VERSIONS = ' (from versions: ';
/** So much of a sentence, in characters: old projects have thousands of versions, and files thousands of packages. */
const SENTENCE_LIMIT = 64 * 1024;
/** Of the versions of an old project so many, the last ones, will do. */
const MOST_VERSIONS = 10;
/** The requirement that pip found nothing for, if that is why it failed. */
function missingIn(said, pythonVersion) {
    const start = said.indexOf(SENTENCE);
    if (start === -1)
        return undefined;
    const [sentence = ''] = said.slice(start, start + SENTENCE_LIMIT).split(/[\r\n]/, 1);
    const end = sentence.indexOf(VERSIONS);
    if (end === -1)
        return undefined;
    const [text = '', source] = sentence.slice(SENTENCE.length, end).split(' (from ');
    // The text may come from the metadata of a package: nothing of it is used that is not understood.
    const [entry, another] = text.length > 1000 ? [] : (0,requirements/* requirementsOf */.CG)(text).entries;
    if (entry?.kind !== 'requirement' || entry.url !== undefined || another !== undefined)
        return undefined;
    const askedBy = source?.startsWith('-r ') === false ? nameAtStart(source) : undefined;
    return {
        name: entry.normalizedName,
        specifiers: entry.specifiers,
        forTarget: entry.marker === undefined || (0,evaluate_marker/* evaluateMarker */.UZ)(entry.marker, anyExtraOf(pythonVersion)) !== false,
        quote: sentence.slice(0, end) + VERSIONS + lastVersions(sentence.slice(end + VERSIONS.length)),
        askedBy,
    };
}
function lastVersions(listed) {
    const versions = listed.split(', ');
    return versions.length > MOST_VERSIONS ? `…, ${versions.slice(-MOST_VERSIONS).join(', ')}` : listed;
}
/** The target's variables without `extra`: which extras were asked for is not known of a dependency. */
function anyExtraOf(pythonVersion) {
    const known = (0,evaluate_marker/* markerEnvironment */.wp)({ pythonVersion, platform: python_target/* windowsCPython */.bH });
    return Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'extra'));
}
const UNREACHED = /Could not fetch URL \S{1,2000}: (?!404 Client Error)[^\r\n]{1,500}/;
/** How pip begins to speak of a link that it passes over for lack of a wheel that fits. */
const PASSED_OVER = /Skipping link: (?:No sources permitted for|none of the wheel's tags)/g;
/** So much of what pip says of one link. */
const LINK_LIMIT = 8 * 1024;
/** A link that pip passes over: its file, and what it says of Python where it does; an index may break lines in that. */
const LINK = /: (?:https?|file):(\S+) \(from [^\r\n)]*\)(?: \(requires-python:([^)]{1,200})\))?/;
/** The links of which pip says that it passes over them. */
function* passedOverIn(details) {
    const starts = Array.from(details.matchAll(PASSED_OVER), match => match.index);
    for (const [number, start] of starts.entries()) {
        const end = Math.min(starts[number + 1] ?? Infinity, start + LINK_LIMIT);
        const [, url = '', python = ''] = LINK.exec(details.slice(start, end)) ?? [];
        if (url !== '')
            yield { version: versionIn(url.slice(url.lastIndexOf('/') + 1)), python };
    }
}
/**
 * @param said what pip printed when it failed
 * @param details what it printed when it was asked for that one project again, with every link that it passes over
 */
function missingVerdict(missing, said, details, entries, pythonVersion) {
    const unreached = UNREACHED.exec(details);
    if (unreached !== null)
        return { why: unreached[0] };
    if (!/Fetched page |404 Client Error/.test(details))
        return { why: `no index was asked for ${missing.name}` };
    const passedOver = Array.from(passedOverIn(details)).filter(({ version }) => missing.specifiers.every(specifier => (0,version_range/* satisfies */.i)(specifier, version) !== false));
    const buildable = passedOver.filter(({ python }) => supports(python, pythonVersion));
    const wrongPython = passedOver.length > 0 || /Link requires a different Python/.test(details);
    const words = buildable.length > 0 ? noWheel(pythonVersion) : wrongPython ? otherPython(pythonVersion) : notFound();
    return { complaint: { ...words, quote: missing.quote, entries: blamed(missing, said, entries) } };
}
/** Of a file, in characters. */
const LONGEST_NAME = 300;
/** `name-1.0-py3-none-any.whl`, `name-1.0.tar.gz`. */
function versionIn(file) {
    const name = decoded(file.slice(0, LONGEST_NAME));
    const wheel = /^[^-]+-([^-]+)-.*\.whl$/.exec(name);
    return wheel?.[1] ?? /-([^-]+?)(?:\.tar\.[a-z0-9]+|\.zip|\.tgz)$/.exec(name)?.[1] ?? '';
}
/** A part of a URL as it is meant; as it is where it is broken. */
function decoded(part) {
    try {
        return decodeURIComponent(part);
    }
    catch {
        return part;
    }
}
function supports(requiresPython, pythonVersion) {
    const specifiers = (0,specifier/* specifiersOf */.LJ)(requiresPython.replace(/\s+/g, ' ').trim());
    return specifiers === undefined || specifiers.every(specifier => (0,version_range/* satisfies */.i)(specifier, pythonVersion) !== false);
}
function blamed(missing, said, entries) {
    const listed = byName(entries);
    const written = missing.specifiers.map(({ operator, version }) => operator + version).join();
    if (missing.askedBy === undefined)
        return entriesNamed(missing.name, written, listed);
    const direct = entriesNamed(missing.askedBy, '', listed);
    if (direct.length > 0)
        return direct;
    // Collecting b (from a->-r requirements.txt (line 3))
    for (const [, name = '', line] of said.matchAll(/^Collecting ([A-Za-z0-9._-]{1,300})[^\r\n]*\(line ([0-9]{1,7})\)\)/gm)) {
        if ((0,named_requirement/* normalizedName */.j8)(name) !== missing.askedBy)
            continue;
        return entries.filter(entry => entry.span.start.line === Number(line));
    }
    return [];
}
function nameAtStart(text) {
    return (0,named_requirement/* normalizedName */.j8)(/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0] ?? '');
}
// Since pip 23.1 the report tells which versions were yanked, but in no release why.
const YANKED = /is a yanked version: '([^'\s]{1,300})' candidate \(version ([^\s()]{1,100}) [^\n]{0,3000}\r?\n[ \t]{0,100}Reason for being yanked: ([^\r\n]{0,3000})/g;
/** The reason that pip shows where none is given. */
const NO_REASON = '<none given>';
/**
 * Reads an installation report (https://pip.pypa.io/en/stable/reference/installation-report/) and the warnings that pip
 * printed beside it. Undefined where it is not one.
 */
function pipResolved(report, said, entries) {
    const installed = installedBy(report);
    if (installed === undefined)
        return undefined;
    const packages = installed.map(({ name, version }) => ({ name, version }));
    packages.sort((one, other) => (one.name < other.name ? -1 : 1));
    const askedBy = new Map();
    for (const { name, requested } of installed)
        askedBy.set(name, requested ? [undefined] : []);
    for (const { name, requires } of installed)
        for (const required of requires)
            askedBy.get(required)?.push(name);
    const warnings = Array.from(said.matchAll(YANKED), ([whole, name = '', version, reason]) => {
        return [whole, (0,named_requirement/* normalizedName */.j8)(name), version, reason === NO_REASON ? '' : reason];
    });
    return { packages, complaints: yankedIn(warnings, askedBy, entries) };
}
function installedBy(report) {
    const parsed = (0,json/* objectIn */.D7)((0,json/* parseJson */.qF)(report));
    const listed = parsed?.['install'];
    if (parsed?.['version'] !== '1' || !Array.isArray(listed))
        return undefined;
    const installed = [];
    for (const each of listed) {
        const entry = (0,json/* objectIn */.D7)(each);
        const metadata = (0,json/* objectIn */.D7)(entry?.['metadata']);
        const { name, version, requires_dist: requires } = metadata ?? {};
        if (typeof name !== 'string' || typeof version !== 'string')
            return undefined;
        installed.push({
            name: (0,named_requirement/* normalizedName */.j8)(name),
            version,
            requested: entry?.['requested'] === true,
            requires: (0,json/* listIn */.Of)(requires).map(each => (typeof each === 'string' ? nameAtStart(each) : '')),
        });
    }
    return installed;
}
const CANNOT = 'Cannot install ';
const BECAUSE = ' because these package versions have conflicting dependencies';
const CAUSE = /The conflict is caused by:((?:\r?\n[ \t]{1,100}[^\r\n]{1,3000}){1,200})/;
/**
 * What pip says where requirements exclude each other: `Cannot install -r requirements.txt (line 1) and b>=2 because …`,
 * and the chain below it. Undefined where it does not say so.
 */
function pipConflict(said, entries) {
    const end = said.indexOf(BECAUSE);
    const start = said.lastIndexOf(CANNOT, end);
    if (end === -1 || start === -1 || end - start > SENTENCE_LIMIT)
        return undefined;
    const those = said.slice(start + CANNOT.length, end);
    if (/[\r\n]/.test(those))
        return undefined;
    const chain = CAUSE.exec(said)?.[1] ?? '';
    const steps = chain.split(/\r?\n/).flatMap(step => step.trim() || []);
    const blamed = new Set();
    const listed = byName(entries);
    const byLine = Map.groupBy(entries, entry => entry.span.start.line);
    for (const part of those.split(/, | and /)) {
        const line = /\(line ([0-9]{1,7})\)$/.exec(part)?.[1];
        blamed.add(line === undefined ? named(part, listed) : (byLine.get(Number(line)) ?? []));
    }
    for (const step of steps) {
        const requested = /^The user requested (?:\(constraint\) )?(.*)$/.exec(step)?.[1];
        if (requested !== undefined)
            blamed.add(named(requested, listed));
    }
    const quote = steps.length > 0 ? steps.join('; ') : said.slice(start, end + BECAUSE.length);
    return { ...conflict(), quote, entries: inAnyOf(blamed, entries) };
}
function named(text, listed) {
    const [, name = '', specifiers = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*([^;\s]*)/.exec(text) ?? [];
    return entriesNamed(withoutPunctuation(name), specifiers, listed);
}
//# sourceMappingURL=pip-output.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/pip.js




/** The first that writes a report in the form that stayed: https://pip.pypa.io/en/stable/reference/installation-report/ */
const OLDEST = [23, 0];
const REPORT = 'report.json';
/** It holds the descriptions of all packages, a few KiB of most, hundreds of some. */
const REPORT_LIMIT = 16 * 1024 * 1024;
/**
 * Runs pip where nothing can start a program. `--only-binary` keeps pip from building what an index offers, but not what
 * a package depends on by URL, and to build is to run a stranger's code, which pip does in a process of its own.
 * Python calls the hook before it starts one (https://docs.python.org/3/library/audit_events.html); pip and its libraries,
 * which ask some programs what machine this is, do without an answer.
 */
const GUARDED_PIP = `
import runpy, sys
STARTS = {'subprocess.Popen', 'os.system', 'os.exec', 'os.posix_spawn', 'os.spawn', 'os.fork', 'os.forkpty', 'os.startfile'}
def guard(event, arguments):
    if event in STARTS:
        raise PermissionError('no program is run while requirements are resolved')
sys.addaudithook(guard)
sys.path[:] = [entry for entry in sys.path if entry]
sys.argv[0] = 'pip'
runpy.run_module('pip', run_name='__main__', alter_sys=True)
`;
/** pip, if there is a Python on the search path that has one that is new enough. */
async function findPip(tools, directory, signal) {
    const environment = await pipEnvironment(tools, directory);
    for (const name of ['python3', 'python']) {
        const program = await tools.find(name);
        if (program === undefined)
            continue;
        const run = (args) => tools.run({ program, args: ['-c', GUARDED_PIP, ...args], directory: directory.path, environment }, signal);
        const toolVersion = /^pip ([0-9]+\.[0-9]+\S*) from /m.exec((await run(['--version'])).output)?.[1];
        if (toolVersion === undefined || !isSince(toolVersion, OLDEST))
            continue;
        const ask = (question, pythonVersion) => askPip(run, directory, question, pythonVersion);
        return { tool: 'pip', toolVersion, ask };
    }
    return undefined;
}
async function askPip(run, directory, question, pythonVersion) {
    // pip calls it an error to be given nothing.
    if (question.entries.length === 0)
        return { kind: 'resolved', packages: [], complaints: [] };
    await directory.write(FILE, question.text);
    const common = [
        ['install', '--dry-run', '--ignore-installed', '--target', 'target', '-r', FILE],
        ['--platform', 'win_amd64', '--implementation', 'cp', '--python-version', pythonVersion],
        ['--only-binary', ':all:', '--progress-bar', 'off', '--retries', '1', '--timeout', '15'],
        question.preReleases ? ['--pre'] : [],
    ].flat();
    const ended = await run([...common, '--report', REPORT]);
    const said = `${ended.output}\n${ended.errors}`;
    if (ended.code === 0) {
        const report = await directory.read(REPORT, REPORT_LIMIT);
        if (report === undefined)
            return { kind: 'none', why: `pip wrote no report, or one of more than ${REPORT_LIMIT} bytes` };
        const resolved = pipResolved(report, said, question.entries);
        if (resolved !== undefined)
            return { kind: 'resolved', ...resolved };
    }
    if (ended.code !== 1)
        return noResult('pip', ended);
    // An index that did not answer has no versions, which looks like a conflict too.
    const conflict = /Retrying \(Retry\(/.test(said) ? undefined : pipConflict(said, question.entries);
    if (conflict !== undefined)
        return { kind: 'unresolvable', complaint: conflict };
    const missing = missingIn(said, pythonVersion);
    if (missing === undefined)
        return noResult('pip', ended);
    if (!missing.forTarget)
        return { kind: 'none', why: `pip wants what only another platform needs: ${missing.quote}` };
    // That a project has no such version, that it has no wheel of it and that the index did not answer is all the same to
    // pip, unless it is asked for every link that it passes over.
    const specifiers = missing.specifiers.map(({ operator, version }) => operator + version).join(',');
    await directory.write(FILE, `${missing.name}${specifiers}\n`);
    const { output, errors } = await run([...common, '--no-deps', '-vv']);
    const verdict = missingVerdict(missing, said, `${output}\n${errors}`, question.entries, pythonVersion);
    return 'why' in verdict
        ? { kind: 'none', why: `pip did not reach the index: ${inOneLine(verdict.why)}` }
        : { kind: 'unresolvable', complaint: verdict.complaint };
}
async function pipEnvironment({ environment }, directory) {
    return {
        ...environmentIn(directory, await environment()),
        PIP_CACHE_DIR: external_node_path_.join(directory.path, 'cache'),
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
        PIP_NO_INPUT: '1',
        // A setting of the user or the machine that makes no sense together with the directory for the result.
        PIP_USER: '0',
        PIP_REQUIRE_VIRTUALENV: '0',
    };
}
//# sourceMappingURL=pip.js.map
// EXTERNAL MODULE: ./build/src/requirements/grammar/marker.js
var grammar_marker = __webpack_require__(9460);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/resolver-input.js




/**
 * Options that change nothing of what is asked here: only wheels are looked at, whatever the file says of building, and
 * nothing is installed whose hash could be compared.
 */
const resolver_input_PASSED_OVER = new Set([
    '--hash',
    '--require-hashes',
    '--no-require-hashes',
    '--prefer-binary',
    '--only-binary',
    '--no-binary',
    '--use-feature',
    '--config-settings',
]);
/** What `===` compares with, without anything that a tool could take for a comment, a quote or a variable. */
const PLAIN = /^[A-Za-z0-9.!+_-]+$/;
/**
 * The requirements as a text that a tool may be given, or why there is none.
 *
 * A file may come from a stranger, and much of the format makes a tool read other files, ask other hosts or run the code
 * of a package. So the file's own text is given to no tool: the text is written anew from the parts that were understood.
 * Lines that name a place refuse the whole, for without them the answer would be to another question.
 *
 * @param without requirements to leave out
 */
function resolverInputOf(requirements, pythonVersion, without = new Set()) {
    for (const entry of requirements.entries) {
        const fault = faultOf(entry);
        if (fault !== undefined)
            return { refused: `line ${entry.span.start.line} ${fault}` };
    }
    const environment = (0,evaluate_marker/* markerEnvironment */.wp)({ pythonVersion, platform: python_target/* windowsCPython */.bH });
    const entries = [];
    const lines = [];
    for (const entry of requirements.entries) {
        if (entry.kind !== 'requirement' || without.has(entry))
            continue;
        // pip evaluates markers for the machine that it runs on; what is known of the target is decided here.
        const applies = entry.marker === undefined ? true : (0,evaluate_marker/* evaluateMarker */.UZ)(entry.marker, environment);
        if (applies === false)
            continue;
        const { line } = entry.span.start;
        while (lines.length < line - 1)
            lines.push('');
        lines.push(written(entry, applies === undefined));
        entries.push(entry);
    }
    const text = lines.map(line => `${line}\n`).join('');
    if (!isPlain(text, entries))
        return { refused: 'the file cannot be written in a plain form' };
    const options = requirements.entries.flatMap(entry => (entry.kind === 'invalid' ? [] : entry.options));
    return { text, entries, preReleases: options.some(({ name }) => name === '--pre') };
}
function faultOf(entry) {
    // pip puts the runner's environment in the place of such names: https://pip.pypa.io/en/stable/reference/requirements-file-format/#using-environment-variables
    if (entry.text.includes('${'))
        return 'holds an environment variable';
    switch (entry.kind) {
        case 'invalid':
            return 'is not understood';
        case 'path-or-url':
            return entry.isUrl ? 'names a URL' : 'names a path';
        case 'option':
            return faultOfOptions(entry.options);
        case 'requirement':
            if (entry.url !== undefined)
                return 'names a URL';
            if (entry.specifiers.some(({ version }) => !PLAIN.test(version.replace(/\.\*$/, ''))))
                return 'holds an odd version';
            return faultOfOptions(entry.options);
    }
}
function faultOfOptions(options) {
    const fault = options.find(({ name }) => !resolver_input_PASSED_OVER.has(name) && name !== '--pre');
    return fault && `holds the option ${fault.name}`;
}
function written({ name, extras, specifiers, marker }, withMarker) {
    const extrasPart = extras.length === 0 ? '' : `[${extras.join(',')}]`;
    const markerPart = marker === undefined || !withMarker ? '' : ` ; ${(0,grammar_marker/* canonicalMarker */.Z)(marker)}`;
    return `${name}${extrasPart}${specifiers.map(each => each.operator + each.version).join(',')}${markerPart}`;
}
/** Tells whether the text, read again, is nothing but those requirements: the proof of what was written. */
function isPlain(text, entries) {
    const again = (0,requirements/* requirementsOf */.CG)(text).entries;
    return (again.length === entries.length &&
        again.every((entry, index) => entry.kind === 'requirement' &&
            entry.url === undefined &&
            entry.options.length === 0 &&
            entry.normalizedName === entries[index]?.normalizedName &&
            entry.span.start.line === entries[index]?.span.start.line));
}
//# sourceMappingURL=resolver-input.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/resolution.js
/** No answer, and why. */
function resolutionUnavailable(why) {
    return { outcome: 'unavailable', why };
}
//# sourceMappingURL=resolution.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/uv-output.js


/**
 * Reads the packages that `uv pip compile --annotation-style line` prints, `name==version  # via -r file, other`, and the
 * warnings beside them. Undefined where it is not that.
 */
function uvResolved(output, errors, entries) {
    const packages = [];
    const askedBy = new Map();
    for (const line of output.split(/\r?\n/)) {
        if (line.trim() === '' || line.startsWith('#'))
            continue;
        const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;#]+)(?:\s+# via (.*))?$/.exec(line);
        if (match === null)
            return undefined;
        const [, name = '', version = '', via = ''] = match;
        packages.push({ name: (0,named_requirement/* normalizedName */.j8)(name), version });
        askedBy.set((0,named_requirement/* normalizedName */.j8)(name), via.split(', ').map(asking => (asking.startsWith('-r ') ? undefined : (0,named_requirement/* normalizedName */.j8)(asking))));
    }
    packages.sort((one, other) => (one.name < other.name ? -1 : 1));
    const warnings = errors.matchAll(/^warning: `([^=`\s]{1,300})==([^`\s]{1,100})` is yanked(?: \(reason: "(.*)"\))?/gm);
    return { packages, complaints: yankedIn(warnings, askedBy, entries) };
}
const HEADING = 'No solution found when resolving dependencies';
/** Much more than uv ever says. */
const SAID_LIMIT = 64 * 1024;
/** An index that did not answer looks to uv like one that has not got the project. */
const uv_output_UNREACHED = /could not be queried|returned an? [45][0-9]{2} |network (?:was|connectivity is) disabled/;
/** A wheel is missing, whichever part of its name does not fit. */
const NO_WHEEL = /\bno (?:usable |compatible )?wheels?\b|Wheels are required for/;
/** `UnavailableVersion` and `UnavailablePackage` in https://github.com/astral-sh/uv/blob/0.9.0/crates/uv-resolver/src/resolver/availability.rs */
const INVALID = /\bha(?:s|ve) (?:invalid metadata|inconsistent metadata|an invalid package format)/;
/**
 * What uv says where the requirements cannot be resolved; undefined where it failed for another reason. Its texts are
 * those of uv 0.5 to 0.13, where only the frame around the sentences differs.
 */
function uvComplaint(errors, entries, pythonVersion) {
    const heading = errors.indexOf(HEADING);
    const start = heading === -1 ? 0 : errors.indexOf('\n', heading) + 1;
    if (start === 0 || uv_output_UNREACHED.test(errors))
        return undefined;
    const [cause = '', ...hints] = errors.slice(start, start + SAID_LIMIT).split(/\r?\n[ \t]*\r?\n/);
    const quote = cause
        .replace(/^\s*(?:╰─▶|cause:)/, '')
        .replace(/\s+/g, ' ')
        .trim();
    const hint = hints.join(' ');
    const complaint = { ...kindOf(quote, hint, pythonVersion), quote, entries: uv_output_blamed(quote, entries) };
    // pip takes a pre-release where nothing else satisfies the line, which uv does not.
    return /[Pp]re-releases (?:are|were|weren't)/.test(hint) ? { ...complaint, severity: 'warning' } : complaint;
}
function kindOf(cause, hint, pythonVersion) {
    if (NO_WHEEL.test(cause) || NO_WHEEL.test(hint))
        return noWheel(pythonVersion);
    if (/\b(?:was|were) not found in\b/.test(cause))
        return notFound();
    if (INVALID.test(cause))
        return invalidMetadata();
    // pip takes a yanked version that a dependency pins, which uv does not.
    const withdrawn = /([A-Za-z0-9._-]{1,300})==(\S{1,100}) was yanked(?: \(reason: ([^)]*)\))?/.exec(cause);
    if (withdrawn !== null) {
        const [, name = '', version = '', reason = ''] = withdrawn;
        return cause.includes(` on ${name}==${version}`) ? yanked(name, version, reason) : notFound();
    }
    const dependencies = Array.from(cause.matchAll(/ depends? on (?!Python)([^\s,]+(?:,[^\s,]+)*)/g), match => match[1]);
    if (/requested Python version \S+ does not satisfy/.test(cause) && dependencies.length < 2) {
        return otherPython(pythonVersion);
    }
    const missing = Array.from(cause.matchAll(/there (?:is|are) no versions? of ([^\s,]+(?:,[^\s,]+)*)/g), match => match[1]);
    if (dependencies.some(dependency => missing.includes(dependency)))
        return notFound();
    if (dependencies.length === 0 && (missing.length > 0 || /\bavailable\b/.test(cause)))
        return notFound();
    return conflict();
}
/** A package with its extras, the marker under which it is wanted, and specifiers. */
const TERM = /([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?(?:\{[^}]{0,300}\})?((?:[=<>!~]{1,3}[^\s,=<>!~]+,?)*)/y;
/** What goes on about the package before it, which is then not one of those that "you require" introduces. */
const VERB = /^ (?:depends?|has|have|was|were|is|are|cannot|does|do) /;
/** The requirements that uv says the file has: `you require a==1 and b>=2`; if none, those that it mentions at all. */
function uv_output_blamed(cause, entries) {
    const listed = byName(entries);
    const required = new Set();
    const mentioned = new Set();
    // "We can conclude that you require a<2" is no line of the file.
    const [before = '', ...introduced] = cause.split(/(?<!conclude that )you require /);
    for (const { entriesThere } of terms(before, listed))
        mentioned.add(entriesThere);
    for (const stretch of introduced) {
        for (const { rest, entriesThere } of terms(upToConclusion(stretch), listed)) {
            ;
            (VERB.test(rest) ? mentioned : required).add(entriesThere);
        }
    }
    return inAnyOf(required.size > 0 ? required : mentioned, entries);
}
function upToConclusion(stretch) {
    const end = stretch.search(/,? we can conclude/);
    return end === -1 ? stretch : stretch.slice(0, end);
}
function terms(stretch, listed) {
    const found = [];
    for (const { index } of stretch.matchAll(/(?<![^ ])[A-Za-z0-9]/g)) {
        TERM.lastIndex = index;
        const [whole = '', name = '', specifiers = ''] = TERM.exec(stretch) ?? [];
        const entriesThere = entriesNamed(withoutPunctuation(name), specifiers.replace(/,$/, ''), listed);
        const end = index + whole.length;
        if (entriesThere.length > 0)
            found.push({ rest: stretch.slice(end, end + 20), entriesThere });
    }
    return found;
}
//# sourceMappingURL=uv-output.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/uv.js


/** The first whose options and texts are those that are used here; of November 2024. */
const uv_OLDEST = [0, 5];
/** uv, if there is one on the search path that is new enough. */
async function findUv(tools, directory, signal) {
    const program = await tools.find('uv');
    if (program === undefined)
        return undefined;
    const environment = await uvEnvironment(tools, directory);
    const run = (args) => tools.run({ program, args, directory: directory.path, environment }, signal);
    const toolVersion = /^uv ([0-9]+\.[0-9]+\.[0-9]+\S*)/.exec((await run(['--version'])).output)?.[1];
    if (toolVersion === undefined || !isSince(toolVersion, uv_OLDEST))
        return undefined;
    // uv wants to know some Python, of whatever version, and starts all that it finds on the search path until one is of the
    // target's version; to be given one saves it a second and more.
    const python = (await tools.find('python3')) ?? (await tools.find('python'));
    const ask = async (...[question, pythonVersion]) => {
        await directory.write(FILE, question.text);
        const args = [
            ['pip', 'compile', FILE],
            ['--python-platform', 'x86_64-pc-windows-msvc', '--python-version', pythonVersion],
            ['--only-binary', ':all:', '--no-header', '--annotation-style', 'line', '--color', 'never'],
            question.preReleases ? ['--prerelease', 'allow'] : [],
        ].flat();
        let ended = await run(python === undefined ? args : [...args, '--python', python]);
        if (python !== undefined && isAboutPython(ended))
            ended = await run(args);
        if (ended.code === 0) {
            const resolved = uvResolved(ended.output, ended.errors, question.entries);
            if (resolved !== undefined)
                return { kind: 'resolved', ...resolved };
        }
        const complaint = ended.code === 1 ? uvComplaint(ended.errors, question.entries, pythonVersion) : undefined;
        return complaint === undefined ? noResult('uv', ended) : { kind: 'unresolvable', complaint };
    };
    return { tool: 'uv', toolVersion, ask };
}
/** What was given as Python may be none, such as the file that Windows has for a Python that is not installed. */
function isAboutPython({ code, errors }) {
    return code === 2 && /\binterpreter\b|\bPython executable\b/i.test(errors);
}
/**
 * uv looks for settings in the directories above, for the user and for the machine, unless it is given a file: then it
 * reads that alone. An empty one is what `--no-config` means, which `uv pip compile` took for another option until 0.6.
 * Which index to ask, it is told by the environment.
 */
async function uvEnvironment({ environment }, directory) {
    const settings = 'uv.toml';
    await directory.write(settings, '');
    return {
        UV_CONFIG_FILE: settings,
        ...environmentIn(directory, await environment()),
        // The runner's own cache may hold wheels that were built there from source, which uv would take for existing ones.
        UV_CACHE_DIR: 'cache',
        UV_PYTHON_DOWNLOADS: 'never',
        UV_NO_PROGRESS: '1',
        UV_NO_WRAP: '1',
    };
}
//# sourceMappingURL=uv.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/resolve.js







/** Over all that is run for one question; in ms. */
const TIME_LIMIT = 60_000;
/** More take a tool longer than there is time, and are no file that anybody wrote. */
const resolve_MOST_LINES = 10_000;
/** A tool stops at the first thing that is wrong; whoever has to correct a file wants to know them all, within reason. */
const ROUNDS = 10;
/**
 * Lets uv, or else pip 23 or newer, resolve the requirements for the target from wheels alone, without installing
 * anything. Nothing of the workspace is read, written or run; see `questionOf` for what a tool is given, and
 * `toolEnvironment` for what it knows.
 *
 * uv is asked first: it resolves for the target whatever it runs on, where pip evaluates the markers of dependencies for
 * its own machine. What pip says is therefore a warning at most.
 *
 * @param machine has the tools
 * @param former what to compare the packages with, resolved in the same way as of now
 * @throws the signal's reason once it is aborted, with nothing left running
 */
async function askResolvers(requirements, { pythonVersion }, machine, signal, former) {
    if (pythonVersion === undefined)
        return resolutionUnavailable('the Python version of the image is not known');
    if (!isVersionOfPython(pythonVersion))
        return resolutionUnavailable('the Python version is not one');
    if (requirements.entries.length > resolve_MOST_LINES)
        return resolutionUnavailable(`the requirements have more than ${resolve_MOST_LINES} lines`);
    const question = resolverInputOf(requirements, pythonVersion);
    if ('refused' in question)
        return resolutionUnavailable(`it is done for names and versions alone, and ${question.refused}`);
    signal.throwIfAborted();
    const limit = new AbortController();
    const ended = new AbortController();
    machine.clock.sleep(TIME_LIMIT, ended.signal).then(() => limit.abort(), () => undefined);
    const stop = AbortSignal.any([signal, limit.signal]);
    const tools = {
        ...machine,
        // Directories of the search path may be on a disk that does not answer.
        find: program => (0,clock/* orStopped */.tA)(machine.find(program), stop),
        environment: () => (0,clock/* orStopped */.tA)(machine.environment(), stop),
    };
    try {
        return await tools.withDirectory(async (directory) => {
            const asker = (await findUv(tools, directory, stop)) ?? (await findPip(tools, directory, stop));
            if (asker === undefined)
                return resolutionUnavailable('there is neither uv 0.5 or newer nor a Python with pip 23 or newer');
            const resolution = await allSaid(requirements, pythonVersion, asker, limit.signal);
            if (resolution.outcome !== 'resolved' || former === undefined)
                return resolution;
            const installed = await installedOf(former, asker, limit.signal);
            if (installed === undefined)
                return resolution;
            return { ...resolution, changes: (0,package_changes/* versionChanges */.cv)(installed, resolution.packages) };
        });
    }
    catch (error) {
        if (limit.signal.aborted && !signal.aborted)
            return resolutionUnavailable(`there was no answer within ${TIME_LIMIT / 1000} s`);
        // All files that are touched here are those of the directory: whether there is room for them is the runner's concern.
        if (isOfFiles(error))
            return resolutionUnavailable(`files cannot be written to the runner's temporary directory (${error.message})`);
        throw error;
    }
    finally {
        ended.abort();
    }
}
function isOfFiles(error) {
    return error instanceof Error && 'syscall' in error;
}
/** What is installed where the former requirements are, were they installed now; undefined where that is not known. */
async function installedOf({ requirements, pythonVersion }, asker, limit) {
    if (requirements.entries.length === 0)
        return [];
    if (pythonVersion === undefined || !isVersionOfPython(pythonVersion))
        return undefined;
    if (requirements.entries.length > resolve_MOST_LINES)
        return undefined;
    const question = resolverInputOf(requirements, pythonVersion);
    if ('refused' in question)
        return undefined;
    try {
        const answer = await asker.ask(question, pythonVersion);
        return answer.kind === 'resolved' ? answer.packages : undefined;
    }
    catch (error) {
        if (limit.aborted)
            return undefined;
        throw error;
    }
}
function isVersionOfPython(text) {
    return /^[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}$/.test(text);
}
/**
 * Asks again without the lines that were found to be wrong, until nothing more is. A conflict ends it: which of its lines
 * is the wrong one is not known.
 */
async function allSaid(requirements, pythonVersion, asker, limit) {
    const { tool, toolVersion } = asker;
    const complaints = [];
    const findings = () => complaints
        .toSorted((one, other) => lineOf(one) - lineOf(other))
        .flatMap(complaint => findingsOf(complaint, tool, requirements));
    const wrong = new Set();
    for (let round = 1; round <= ROUNDS; round++) {
        const question = resolverInputOf(requirements, pythonVersion, wrong);
        if ('refused' in question)
            break;
        const answer = await asker.ask(question, pythonVersion).catch((error) => {
            // What was learnt before the time was over still holds.
            if (round > 1 && limit.aborted)
                return { kind: 'none', why: '' };
            throw error;
        });
        if (answer.kind === 'none') {
            if (round === 1)
                return resolutionUnavailable(answer.why);
            break;
        }
        if (answer.kind === 'resolved') {
            for (const complaint of answer.complaints)
                complaints.push(complaint);
            if (round > 1)
                break;
            return { outcome: 'resolved', tool, toolVersion, packages: answer.packages, findings: findings() };
        }
        complaints.push(answer.complaint);
        const { id, entries } = answer.complaint;
        if (id === 'conflict' || entries.length === 0)
            break;
        entries.forEach(entry => wrong.add(entry));
    }
    return { outcome: 'unresolvable', tool, toolVersion, findings: findings() };
}
function lineOf({ entries }) {
    return entries[0]?.span.start.line ?? 0;
}
//# sourceMappingURL=resolve.js.map

/***/ })

};
