export const id = 688;
export const ids = [688];
export const modules = {

/***/ 2688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  resolveWithTools: () => (/* binding */ resolveWithTools)
});

// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
// EXTERNAL MODULE: ./build/src/requirements/package-changes.js
var package_changes = __webpack_require__(626);
// EXTERNAL MODULE: ./build/src/requirements/resolver/resolver-diagnostic.js
var resolver_diagnostic = __webpack_require__(8603);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/requirements/resolver/resolver.js
var resolver = __webpack_require__(2735);
// EXTERNAL MODULE: ./build/src/json.js
var json = __webpack_require__(4715);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/evaluate-marker.js
var evaluate_marker = __webpack_require__(9060);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/python-target.js
var python_target = __webpack_require__(6772);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/version-range.js + 4 modules
var version_range = __webpack_require__(6973);
// EXTERNAL MODULE: ./build/src/requirements/grammar/named-requirement.js
var named_requirement = __webpack_require__(6739);
// EXTERNAL MODULE: ./build/src/requirements/grammar/specifier.js
var specifier = __webpack_require__(820);
// EXTERNAL MODULE: ./build/src/requirements/requirements.js + 2 modules
var requirements = __webpack_require__(6934);
// EXTERNAL MODULE: ./build/src/requirements/resolver/pip-errors.js
var pip_errors = __webpack_require__(4346);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/pip-output.js









const SENTENCE = 'Could not find a version that satisfies the requirement ';
const VERSIONS = ' (from versions: ';
/** So much of a sentence, in characters: old projects have thousands of versions, and files thousands of packages. */
const SENTENCE_LIMIT = 64 * 1024;
/** Of the versions of an old project so many, the last ones, will do. */
const MOST_VERSIONS = 10;
/** Finds the requirement that pip found nothing for, if that is why it failed. */
function missingIn(output, pythonVersion) {
    const start = output.indexOf(SENTENCE);
    if (start === -1)
        return undefined;
    const [sentence = ''] = output.slice(start, start + SENTENCE_LIMIT).split(/[\r\n]/, 1);
    const end = sentence.indexOf(VERSIONS);
    if (end === -1)
        return undefined;
    const reference = sentence.slice(SENTENCE.length, end);
    const [text = '', source] = reference.split(' (from ');
    // The text may come from the metadata of a package: nothing of it is used that is not understood.
    const [entry, another] = text.length > 1000 ? [] : (0,requirements/* requirementsOf */.CG)(text).entries;
    if (entry?.kind !== 'requirement' || entry.url !== undefined || another !== undefined)
        return undefined;
    return {
        name: entry.normalizedName,
        specifiers: entry.specifiers,
        forTarget: entry.marker === undefined || (0,evaluate_marker/* evaluateMarker */.UZ)(entry.marker, anyExtraOf(pythonVersion)) !== false,
        quote: sentence.slice(0, end) + VERSIONS + lastVersions(sentence.slice(end + VERSIONS.length)),
        reference,
        requiredBy: source?.startsWith('-r ') === false ? (0,named_requirement/* nameAtStart */.BK)(source) : undefined,
    };
}
function lastVersions(listed) {
    const versions = listed.split(', ');
    return versions.length > MOST_VERSIONS ? `…, ${versions.slice(-MOST_VERSIONS).join(', ')}` : listed;
}
/** Returns the target's variables without `extra`: which extras of a dependency are wanted is not known. */
function anyExtraOf(pythonVersion) {
    const known = (0,evaluate_marker/* markerEnvironment */.wp)({ pythonVersion, platform: python_target/* windowsCPython */.bH });
    return Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'extra'));
}
const UNREACHED = /Could not fetch URL \S{1,2000}: (?!404 Client Error)[^\r\n]{1,500}/;
/** How pip begins to speak of a link that it skips for lack of a wheel that fits. */
const SKIPPED = /Skipping link: (?:No sources permitted for|none of the wheel's tags)/g;
/** So much of what pip says of one link. */
const LINK_LIMIT = 8 * 1024;
/** A link that pip skips: its file, and what it says of Python where it does; an index may break lines in that. */
const LINK = /: (?:https?|file):(\S+) \(from [^\r\n)]*\)(?: \(requires-python:([^)]{1,200})\))?/;
/** Finds the links that pip says it skips. */
function* skippedLinks(details) {
    const starts = Array.from(details.matchAll(SKIPPED), match => match.index);
    for (const [number, start] of starts.entries()) {
        const end = Math.min(starts[number + 1] ?? Infinity, start + LINK_LIMIT);
        const [, url = '', python = ''] = LINK.exec(details.slice(start, end)) ?? [];
        if (url !== '')
            yield { version: versionIn(url.slice(url.lastIndexOf('/') + 1)), python };
    }
}
/**
 * Says why pip found nothing for a requirement.
 *
 * @param output what pip printed when it failed
 * @param details what it printed when it was asked for that one project again, with every link that it skips
 */
function missingVerdict(missing, output, details, entries, pythonVersion) {
    const unreached = UNREACHED.exec(details);
    if (unreached !== null)
        return { why: unreached[0] };
    if (!/Fetched page |404 Client Error/.test(details))
        return { why: `pip queried no index for ${missing.name}` };
    const skipped = Array.from(skippedLinks(details)).filter(({ version }) => missing.specifiers.every(specifier => (0,version_range/* satisfies */.i)(specifier, version) !== false));
    const buildable = skipped.filter(({ python }) => supports(python, pythonVersion));
    const wrongPython = skipped.length > 0 || /Link requires a different Python/.test(details);
    const blamed = blamedEntries(missing, output, entries);
    const { name, quote } = missing;
    const term = name + missing.specifiers.map(({ operator, version }) => operator + version).join(',');
    const isUnknown = /404 Client Error/.test(details);
    const missingText = isUnknown ? (0,resolver_diagnostic/* noPackage */.MG)(name, blamed) : (0,resolver_diagnostic/* noVersion */.yV)(term, blamed);
    const otherText = wrongPython ? (0,resolver_diagnostic/* otherPython */.b_)(pythonVersion, blamed) : missingText;
    const text = buildable.length > 0 ? (0,resolver_diagnostic/* noWheel */.fL)(pythonVersion, term, blamed) : otherText;
    return { diagnostic: { ...text, quote, entries: blamed } };
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
function blamedEntries({ reference, requiredBy }, output, entries) {
    const named = (0,pip_errors/* entriesForOne */.g2)(reference, (0,pip_errors/* listEntries */.fi)(entries));
    if (named.length > 0 || requiredBy === undefined)
        return named;
    // Collecting b (from a->-r requirements.txt (line 3))
    const collecting = output.matchAll(/^Collecting ([A-Za-z0-9._-]{1,300})[^\r\n]*\(line ([0-9]{1,7})\)\)/gm);
    for (const [, name = '', line] of collecting) {
        if ((0,named_requirement/* normalizedName */.j8)(name) === requiredBy)
            return entries.filter(entry => entry.span.start.line === Number(line));
    }
    return [];
}
// Since pip 23.1 the report tells which versions were yanked, but in no release why.
const YANKED = /is a yanked version: '([^'\s]{1,300})' candidate \(version ([^\s()]{1,100}) [^\n]{0,3000}\r?\n[ \t]{0,100}Reason for being yanked: ([^\r\n]{0,3000})/g;
/** The reason that pip shows where none is given. */
const NO_REASON = '<none given>';
/**
 * Reads an installation report (https://pip.pypa.io/en/stable/reference/installation-report/) and the warnings that pip
 * printed beside it. Undefined where it is not one.
 */
function pipResolved(report, output, entries) {
    const installed = installedBy(report);
    if (installed === undefined)
        return undefined;
    const packages = installed.map(({ name, version }) => ({ name, version }));
    packages.sort((one, other) => (one.name < other.name ? -1 : 1));
    const requiredBy = new Map();
    for (const { name, requested } of installed)
        requiredBy.set(name, requested ? [undefined] : []);
    for (const { name, requires } of installed)
        for (const required of requires)
            requiredBy.get(required)?.push(name);
    const warnings = Array.from(output.matchAll(YANKED), ([whole, name = '', version, reason]) => {
        return [whole, (0,named_requirement/* normalizedName */.j8)(name), version, reason === NO_REASON ? '' : reason];
    });
    return { packages, diagnostics: (0,resolver_diagnostic/* yankedIn */.CR)(warnings, requiredBy, entries) };
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
            requires: (0,json/* listIn */.Of)(requires).map(each => (typeof each === 'string' ? (0,named_requirement/* nameAtStart */.BK)(each) : '')),
        });
    }
    return installed;
}
const CANNOT = 'Cannot install ';
const BECAUSE = ' because these package versions have conflicting dependencies';
const CAUSE = /The conflict is caused by:((?:\r?\n[ \t]{1,100}[^\r\n]{1,3000}){1,200})/;
/**
 * Reads what pip says where requirements exclude each other: `Cannot install -r requirements.txt (line 1) and b>=2
 * because …`, and the chain below it. Undefined where it does not say so.
 */
function pipConflict(output, entries) {
    const end = output.indexOf(BECAUSE);
    const start = output.lastIndexOf(CANNOT, end);
    if (end === -1 || start === -1 || end - start > SENTENCE_LIMIT)
        return undefined;
    const those = output.slice(start + CANNOT.length, end);
    if (/[\r\n]/.test(those))
        return undefined;
    const chain = CAUSE.exec(output)?.[1] ?? '';
    const steps = chain.split(/\r?\n/).flatMap(step => step.trim() || []);
    const requested = steps.flatMap(step => /^The user requested (?:\(constraint\) )?(.*)$/.exec(step)?.[1] ?? []);
    const listed = (0,pip_errors/* listEntries */.fi)(entries);
    const blamed = new Set([...those.split(/, | and /), ...requested].flatMap(part => (0,pip_errors/* entriesForOne */.g2)(part, listed)));
    const quote = steps.length > 0 ? steps.join('; ') : output.slice(start, end + BECAUSE.length);
    return { ...(0,pip_errors/* conflictIn */.WA)(chain), quote, entries: entries.filter(entry => blamed.has(entry)) };
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
/** Finds pip, if there is a Python on the search path that has one that is new enough. */
async function findPip(tools, directory, signal) {
    const environment = await pipEnvironment(tools, directory);
    for (const name of ['python3', 'python']) {
        const program = await tools.find(name);
        if (program === undefined)
            continue;
        const run = (args) => tools.run({ program, args: ['-c', GUARDED_PIP, ...args], directory: directory.path, environment }, signal);
        const toolVersion = /^pip ([0-9]+\.[0-9]+\S*) from /m.exec((await run(['--version'])).output)?.[1];
        if (toolVersion === undefined || !(0,resolver/* isSince */.$l)(toolVersion, OLDEST))
            continue;
        return { tool: 'pip', toolVersion, resolve: (...given) => resolveWithPip(run, directory, ...given) };
    }
    return undefined;
}
async function resolveWithPip(run, directory, input, pythonVersion) {
    // pip calls it an error to be given nothing.
    if (input.entries.length === 0)
        return { kind: 'resolved', packages: [], diagnostics: [] };
    await directory.write(resolver/* FILE */.PW, input.text);
    const common = [
        ['install', '--dry-run', '--ignore-installed', '--target', 'target', '-r', resolver/* FILE */.PW],
        ['--platform', 'win_amd64', '--implementation', 'cp', '--python-version', pythonVersion],
        ['--only-binary', ':all:', '--progress-bar', 'off', '--retries', '1', '--timeout', '15'],
        input.preReleases ? ['--pre'] : [],
    ].flat();
    const ended = await run([...common, '--report', REPORT]);
    const printed = `${ended.output}\n${ended.errors}`;
    if (ended.code === 0) {
        const report = await directory.read(REPORT, REPORT_LIMIT);
        if (report === undefined)
            return { kind: 'none', why: `pip wrote no report, or one of more than ${REPORT_LIMIT} bytes` };
        const resolved = pipResolved(report, printed, input.entries);
        if (resolved !== undefined)
            return { kind: 'resolved', ...resolved };
    }
    if (ended.code !== 1)
        return (0,resolver/* noResult */.p3)('pip', ended);
    // An index that did not answer has no versions, which looks like a conflict too.
    const conflict = /Retrying \(Retry\(/.test(printed) ? undefined : pipConflict(printed, input.entries);
    if (conflict !== undefined)
        return { kind: 'unresolvable', diagnostic: conflict };
    const missing = missingIn(printed, pythonVersion);
    if (missing === undefined)
        return (0,resolver/* noResult */.p3)('pip', ended);
    if (!missing.forTarget)
        return { kind: 'none', why: `pip needs a package that only another platform needs: ${missing.quote}` };
    // A missing version, a missing wheel and an index that did not answer look alike, unless pip prints each link that it
    // skips.
    const specifiers = missing.specifiers.map(({ operator, version }) => operator + version).join(',');
    await directory.write(resolver/* FILE */.PW, `${missing.name}${specifiers}\n`);
    const { output, errors } = await run([...common, '--no-deps', '-vv']);
    const verdict = missingVerdict(missing, printed, `${output}\n${errors}`, input.entries, pythonVersion);
    return 'why' in verdict
        ? { kind: 'none', why: `pip did not reach the index: ${(0,resolver_diagnostic/* inOneLine */.UX)(verdict.why)}` }
        : { kind: 'unresolvable', diagnostic: verdict.diagnostic };
}
async function pipEnvironment({ environment }, directory) {
    return {
        ...(0,resolver/* environmentIn */.XD)(directory, await environment()),
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
const PASSED_OVER = new Set([
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
 * Returns the requirements as a text that a tool may be given, or why there is none.
 *
 * A file may come from a stranger, and much of the format makes a tool read other files, ask other hosts or run the code
 * of a package. So the file's own text is given to no tool: the text is written anew from the parts that were understood.
 * Lines that name a place refuse the whole, for without them something else would be resolved.
 *
 * @param without requirements to leave out
 */
function resolverInputOf(requirements, pythonVersion, without = new Set()) {
    for (const entry of requirements.entries) {
        const refusal = refusalOf(entry);
        if (refusal !== undefined)
            return { refused: `line ${entry.span.start.line} ${refusal}` };
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
function refusalOf(entry) {
    // pip puts the runner's environment in the place of such names: https://pip.pypa.io/en/stable/reference/requirements-file-format/#using-environment-variables
    if (entry.text.includes('${'))
        return 'holds an environment variable';
    switch (entry.kind) {
        case 'invalid':
            return 'is not understood';
        case 'path-or-url':
            return entry.isUrl ? 'names a URL' : 'names a path';
        case 'option':
            return refusalOfOptions(entry.options);
        case 'requirement':
            if (entry.url !== undefined)
                return 'names a URL';
            if (entry.specifiers.some(({ version }) => !PLAIN.test(version.replace(/\.\*$/, ''))))
                return 'holds an odd version';
            return refusalOfOptions(entry.options);
    }
}
function refusalOfOptions(options) {
    const refusal = options.find(({ name }) => !PASSED_OVER.has(name) && name !== '--pre');
    return refusal && `holds the option ${refusal.name}`;
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
/** Returns that there is no answer, and why. */
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
    const requiredBy = new Map();
    for (const line of output.split(/\r?\n/)) {
        if (line.trim() === '' || line.startsWith('#'))
            continue;
        const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;#]+)(?:\s+# via (.*))?$/.exec(line);
        if (match === null)
            return undefined;
        const [, name = '', version = '', via = ''] = match;
        packages.push({ name: (0,named_requirement/* normalizedName */.j8)(name), version });
        requiredBy.set((0,named_requirement/* normalizedName */.j8)(name), via.split(', ').map(each => (each.startsWith('-r ') ? undefined : (0,named_requirement/* normalizedName */.j8)(each))));
    }
    packages.sort((one, other) => (one.name < other.name ? -1 : 1));
    const warnings = errors.matchAll(/^warning: `([^=`\s]{1,300})==([^`\s]{1,100})` is yanked(?: \(reason: "(.*)"\))?/gm);
    return { packages, diagnostics: (0,resolver_diagnostic/* yankedIn */.CR)(warnings, requiredBy, entries) };
}
const HEADING = 'No solution found when resolving dependencies';
/** Much more than uv ever says. */
const OUTPUT_LIMIT = 64 * 1024;
/** An index that did not answer looks to uv like one that has not got the project. */
const uv_output_UNREACHED = /could not be queried|returned an? [45][0-9]{2} |network (?:was|connectivity is) disabled/;
/** A wheel is missing, whichever part of its name does not fit. */
const NO_WHEEL = /\bno (?:usable |compatible )?wheels?\b|Wheels are required for/;
/** `UnavailableVersion` and `UnavailablePackage` in https://github.com/astral-sh/uv/blob/0.9.0/crates/uv-resolver/src/resolver/availability.rs */
const INVALID = /\bha(?:s|ve) (?:invalid metadata|inconsistent metadata|an invalid package format)/;
/**
 * Reads what uv says where the requirements cannot be resolved; undefined where it failed for another reason. Its texts are
 * those of uv 0.5 to 0.13, where only the frame around the sentences differs.
 */
function uvDiagnostic(errors, entries, pythonVersion) {
    const heading = errors.indexOf(HEADING);
    const start = heading === -1 ? 0 : errors.indexOf('\n', heading) + 1;
    if (start === 0 || uv_output_UNREACHED.test(errors))
        return undefined;
    const [cause = '', ...hints] = errors.slice(start, start + OUTPUT_LIMIT).split(/\r?\n[ \t]*\r?\n/);
    const quote = cause
        .replace(/^\s*(?:╰─▶|cause:)/, '')
        .replace(/\s+/g, ' ')
        .trim();
    const hint = hints.join(' ');
    const blamed = uv_output_blamedEntries(quote, entries);
    const diagnostic = { ...textFor(quote, hint, pythonVersion, blamed), quote, entries: blamed };
    // pip takes a pre-release where nothing else satisfies the line, which uv does not.
    return /[Pp]re-releases (?:are|were|weren't)/.test(hint) ? { ...diagnostic, severity: 'warning' } : diagnostic;
}
function textFor(cause, hint, pythonVersion, blamed) {
    if (NO_WHEEL.test(cause) || NO_WHEEL.test(hint)) {
        return (0,resolver_diagnostic/* noWheel */.fL)(pythonVersion, /(?<![^ ])([A-Za-z0-9]\S{0,300}) has no \S* ?wheels?\b/.exec(cause)?.[1], blamed);
    }
    const unknown = /(?<![^ ])([A-Za-z0-9][A-Za-z0-9._-]{0,300}) was not found in\b/.exec(cause)?.[1];
    if (unknown !== undefined)
        return (0,resolver_diagnostic/* noPackage */.MG)(unknown, blamed);
    if (/\bwere not found in\b/.test(cause))
        return (0,resolver_diagnostic/* noVersion */.yV)(undefined, blamed);
    if (INVALID.test(cause))
        return (0,resolver_diagnostic/* invalidMetadata */.N0)(blamed);
    // pip takes a yanked version that a dependency pins, which uv does not.
    const withdrawn = /([A-Za-z0-9._-]{1,300})==(\S{1,100}) was yanked(?: \(reason: ([^)]*)\))?/.exec(cause);
    if (withdrawn !== null) {
        const [, name = '', version = '', reason = ''] = withdrawn;
        const isPinned = cause.includes(` on ${name}==${version}`);
        return isPinned ? (0,resolver_diagnostic/* yanked */.N_)(name, version, reason) : (0,resolver_diagnostic/* noVersion */.yV)(undefined, blamed);
    }
    const dependencies = dependenciesIn(cause);
    if (/requested Python version \S+ does not satisfy/.test(cause) && dependencies.length < 2) {
        return (0,resolver_diagnostic/* otherPython */.b_)(pythonVersion, blamed);
    }
    const missing = Array.from(cause.matchAll(/there (?:is|are) no versions? of ([^\s,]+(?:,[^\s,]+)*)/g), ([, term = '']) => term);
    const needed = new Set(missing);
    const unmet = dependencies.find(({ needs }) => needed.has(needs));
    if (unmet !== undefined)
        return (0,resolver_diagnostic/* noVersion */.yV)(unmet.needs, blamed);
    if (dependencies.length === 0 && (missing.length > 0 || /\bavailable\b/.test(cause))) {
        return (0,resolver_diagnostic/* noVersion */.yV)(missing[0], blamed);
    }
    const required = cause.matchAll(/(?<!conclude that )you require ([^\s,]+(?:,[^\s,]+)*)/g);
    return (0,resolver_diagnostic/* conflict */.hj)(dependencies, Array.from(required, ([, term = '']) => term));
}
function dependenciesIn(cause) {
    const found = cause.matchAll(/(?:(?<!\S)(\S{1,300}))? depends? on (?!Python)([^\s,]+(?:,[^\s,]+)*)/g);
    return Array.from(found, ([, by = '', needs = '']) => ({ by, needs }));
}
/** A package with its extras, the marker under which it is wanted, and specifiers. */
const TERM = /([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?(?:\{[^}]{0,300}\})?((?:[=<>!~]{1,3}[^\s,=<>!~]+,?)*)/y;
/** What continues about the package before it, which is then not one of those that "you require" introduces. */
const VERB = /^ (?:depends?|has|have|was|were|is|are|cannot|does|do) /;
/** Finds the requirements that uv says the file has: `you require a==1 and b>=2`; if none, those that it mentions at all. */
function uv_output_blamedEntries(cause, entries) {
    const listed = listByName(entries);
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
    const chosen = new Set([...(required.size > 0 ? required : mentioned)].flat());
    return entries.filter(entry => chosen.has(entry));
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
        const entriesThere = entriesNamed((0,named_requirement/* nameAtStart */.BK)(name), specifiers.replace(/,$/, ''), listed);
        const end = index + whole.length;
        if (entriesThere.length > 0)
            found.push({ rest: stretch.slice(end, end + 20), entriesThere });
    }
    return found;
}
function listByName(entries) {
    const grouped = Map.groupBy(entries, entry => entry.normalizedName);
    return new Map(Array.from(grouped, ([name, named]) => [
        name,
        { entries: named, bySpecifiers: Map.groupBy(named, entry => (0,specifier/* canonicalSpecifiers */.o5)(entry.specifiers)) },
    ]));
}
const noEntries = [];
/**
 * Finds the requirements that uv means by a name with, perhaps, specifiers: of several lines for one project those that say
 * the same, or all where none does, for uv simplifies what it prints. The same list for the same requirements, so that
 * those of a text that names them a thousand times are put together quickly.
 */
function entriesNamed(name, specifierText, listed) {
    const project = listed.get((0,named_requirement/* normalizedName */.j8)(name));
    if (project === undefined)
        return noEntries;
    if (project.entries.length < 2)
        return project.entries;
    const stated = (0,specifier/* specifiersOf */.LJ)(specifierText);
    const same = stated && project.bySpecifiers.get((0,specifier/* canonicalSpecifiers */.o5)(stated));
    return same ?? project.entries;
}
//# sourceMappingURL=uv-output.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/uv.js


/** The first whose options and texts are those that are used here; of November 2024. */
const uv_OLDEST = [0, 5];
/** Finds uv, if there is one on the search path that is new enough. */
async function findUv(tools, directory, signal) {
    const program = await tools.find('uv');
    if (program === undefined)
        return undefined;
    const environment = await uvEnvironment(tools, directory);
    const run = (args) => tools.run({ program, args, directory: directory.path, environment }, signal);
    const toolVersion = /^uv ([0-9]+\.[0-9]+\.[0-9]+\S*)/.exec((await run(['--version'])).output)?.[1];
    if (toolVersion === undefined || !(0,resolver/* isSince */.$l)(toolVersion, uv_OLDEST))
        return undefined;
    // uv wants to know some Python, of whatever version, and starts all that it finds on the search path until one is of the
    // target's version; to be given one saves it a second and more.
    const python = (await tools.find('python3')) ?? (await tools.find('python'));
    const resolve = async (input, pythonVersion) => {
        await directory.write(resolver/* FILE */.PW, input.text);
        const args = [
            ['pip', 'compile', resolver/* FILE */.PW],
            ['--python-platform', 'x86_64-pc-windows-msvc', '--python-version', pythonVersion],
            ['--only-binary', ':all:', '--no-header', '--annotation-style', 'line', '--color', 'never'],
            input.preReleases ? ['--prerelease', 'allow'] : [],
        ].flat();
        let ended = await run(python === undefined ? args : [...args, '--python', python]);
        if (python !== undefined && isAboutPython(ended))
            ended = await run(args);
        if (ended.code === 0) {
            const resolved = uvResolved(ended.output, ended.errors, input.entries);
            if (resolved !== undefined)
                return { kind: 'resolved', ...resolved };
        }
        const diagnostic = ended.code === 1 ? uvDiagnostic(ended.errors, input.entries, pythonVersion) : undefined;
        return diagnostic === undefined ? (0,resolver/* noResult */.p3)('uv', ended) : { kind: 'unresolvable', diagnostic };
    };
    return { tool: 'uv', toolVersion, resolve };
}
/** Tells whether what was given as Python is none, such as the file that Windows has for a Python that is not installed. */
function isAboutPython({ code, errors }) {
    return code === 2 && /\binterpreter\b|\bPython executable\b/i.test(errors);
}
/**
 * uv looks for settings in the directories above, for the user and for the machine, unless it is given a file: then it
 * reads that alone. An empty one is what `--no-config` means, which `uv pip compile` took for another option until 0.6.
 * Which index to use, the environment says.
 */
async function uvEnvironment({ environment }, directory) {
    const settings = 'uv.toml';
    await directory.write(settings, '');
    return {
        UV_CONFIG_FILE: settings,
        ...(0,resolver/* environmentIn */.XD)(directory, await environment()),
        // The runner's own cache may hold wheels that were built there from source, which uv would take for existing ones.
        UV_CACHE_DIR: 'cache',
        UV_PYTHON_DOWNLOADS: 'never',
        UV_NO_PROGRESS: '1',
        UV_NO_WRAP: '1',
    };
}
//# sourceMappingURL=uv.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/resolve.js







/** Over all that is run for one input; in ms. */
const TIME_LIMIT = 60_000;
/** More take a tool longer than there is time, and are no file that anybody wrote. */
const MOST_LINES = 10_000;
/** A tool stops at the first thing that is wrong; whoever corrects a file wants to know them all, within reason. */
const ROUNDS = 10;
/**
 * Lets uv, or else pip 23 or newer, resolve the requirements for the target from wheels alone, without installing
 * anything. Nothing of the workspace is read, written or run; see `resolverInputOf` for what a tool is given, and
 * `toolVariable` for what it knows.
 *
 * uv is asked first: it resolves for the target whatever it runs on, where pip evaluates the markers of dependencies for
 * its own machine. What pip says is therefore a warning at most.
 *
 * @param machine has the tools
 * @param current what to compare the packages with, resolved in the same way as of now
 * @throws the signal's reason once it is aborted, with nothing left running
 */
async function resolveWithTools(requirements, { pythonVersion }, machine, signal, current) {
    if (pythonVersion === undefined)
        return resolutionUnavailable('the Python version of the image is not known');
    if (!isVersionOfPython(pythonVersion))
        return resolutionUnavailable('the Python version is not valid');
    if (requirements.entries.length > MOST_LINES)
        return resolutionUnavailable(`the requirements have more than ${MOST_LINES} lines`);
    const input = resolverInputOf(requirements, pythonVersion);
    if ('refused' in input)
        return resolutionUnavailable(`only names and versions are resolved, and ${input.refused}`);
    signal.throwIfAborted();
    const limit = (0,clock/* startDeadline */.db)(TIME_LIMIT, machine.clock);
    const stop = AbortSignal.any([signal, limit.signal]);
    const tools = {
        ...machine,
        // Directories of the search path may be on a disk that does not answer.
        find: program => (0,clock/* orStopped */.tA)(machine.find(program), stop),
        environment: () => (0,clock/* orStopped */.tA)(machine.environment(), stop),
    };
    try {
        return await tools.withDirectory(async (directory) => {
            const resolver = (await findUv(tools, directory, stop)) ?? (await findPip(tools, directory, stop));
            if (resolver === undefined)
                return resolutionUnavailable('there is neither uv 0.5 or newer nor a Python with pip 23 or newer');
            const resolution = await collectDiagnostics(requirements, pythonVersion, resolver, limit.signal);
            if (resolution.outcome !== 'resolved' || current === undefined)
                return resolution;
            const installed = await resolveCurrent(current, resolver, limit.signal);
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
        limit.clear();
    }
}
function isOfFiles(error) {
    return error instanceof Error && 'syscall' in error;
}
/** Resolves the current requirements as of now; undefined where the result is not known. */
async function resolveCurrent({ requirements, pythonVersion }, resolver, limit) {
    if (requirements.entries.length === 0)
        return [];
    if (pythonVersion === undefined || !isVersionOfPython(pythonVersion))
        return undefined;
    if (requirements.entries.length > MOST_LINES)
        return undefined;
    const input = resolverInputOf(requirements, pythonVersion);
    if ('refused' in input)
        return undefined;
    try {
        const answer = await resolver.resolve(input, pythonVersion);
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
 * Resolves again without the lines that were found to be wrong, until nothing more is. A conflict ends it: which of its lines
 * is the wrong one is not known.
 */
async function collectDiagnostics(requirements, pythonVersion, resolver, limit) {
    const { tool, toolVersion } = resolver;
    const diagnostics = [];
    const findings = () => diagnostics
        .toSorted((one, other) => lineOf(one) - lineOf(other))
        .flatMap(each => (0,resolver_diagnostic/* findingsOf */.WX)(each, tool, requirements));
    const wrong = new Set();
    for (let round = 1; round <= ROUNDS; round++) {
        const input = resolverInputOf(requirements, pythonVersion, wrong);
        if ('refused' in input)
            break;
        const answer = await resolver.resolve(input, pythonVersion).catch((error) => {
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
            for (const each of answer.diagnostics)
                diagnostics.push(each);
            if (round > 1)
                break;
            return { outcome: 'resolved', tool, toolVersion, packages: answer.packages, findings: findings() };
        }
        diagnostics.push(answer.diagnostic);
        const { id, entries } = answer.diagnostic;
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

/***/ }),

/***/ 2735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $l: () => (/* binding */ isSince),
/* harmony export */   PW: () => (/* binding */ FILE),
/* harmony export */   XD: () => (/* binding */ environmentIn),
/* harmony export */   p3: () => (/* binding */ noResult)
/* harmony export */ });
/* harmony import */ var _resolver_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8603);
/* harmony import */ var _redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5332);


/** Holds the name under which the requirements lie in the directory. */
const FILE = 'requirements.txt';
/** How much of what a tool wrote is repeated as the reason for no answer. */
const WHY_LIMIT = 500;
/** Returns that there is no answer, with what the tool wrote instead; warnings and tracebacks are not what went wrong. */
function noResult(tool, { code, errors }) {
    const lines = (0,_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .redactUrls */ .s)(errors)
        .slice(-64 * 1024)
        .split(/\r?\n/);
    const shown = lines.filter(line => line.trim() !== '' && !/^\s*(?:warning\b|Traceback |File "|\^+$)/i.test(line));
    const words = (0,_resolver_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .inOneLine */ .UX)((code === undefined ? shown : shown.slice(-8)).join(' ')).slice(0, WHY_LIMIT);
    const ended = code === undefined ? 'did not run to its end' : `ended with code ${code}`;
    return { kind: 'none', why: words === '' ? `${tool} ${ended}` : `${tool} ${ended}: ${words}` };
}
/** Returns the environment of a tool: where it may write, and how its output looks. */
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
/** Tells whether `version`, such as `0.9.18` or `26.0`, is `[major, minor]` or later. */
function isSince(version, [major, minor]) {
    const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number);
    return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
//# sourceMappingURL=resolver.js.map

/***/ })

};
