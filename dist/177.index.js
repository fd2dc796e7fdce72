export const id = 177;
export const ids = [177];
export const modules = {

/***/ 1017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ fitsWindows)
/* harmony export */ });
/**
 * Tells whether CPython of that version on 64-bit Windows can install a wheel with these tags, which may be a compressed
 * set, such as `cp39.cp310-abi3-win32.win_amd64`: https://packaging.python.org/specifications/platform-compatibility-tags/
 */
function fitsWindows(wheelTags, pythonVersion) {
    const [pythons = [], abis = [], platforms = []] = wheelTags.split('-').map(each => each.split('.'));
    const onWindows = platforms.includes('win_amd64');
    if (!onWindows && !platforms.includes('any'))
        return false;
    const [major = '', minor = ''] = pythonVersion.split('.');
    const own = `cp${major}${minor}`;
    /** Tells whether a tag, such as `py38`, names a minor version from `first` up to that of the target. */
    const isUpTo = (tag, prefix, first) => {
        const number = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
        return /^(?:0|[1-9]\d?)$/.test(number) && Number(number) >= first && Number(number) <= Number(minor);
    };
    const isGeneric = (tag) => tag === own || tag === `py${major}` || isUpTo(tag, `py${major}`, 0);
    if (abis.includes('none') && pythons.some(isGeneric))
        return true;
    if (!onWindows)
        return false;
    // Up to 3.7, the letter of a memory allocator stands in the name.
    const ownAbi = Number(minor) < 8 ? `${own}m` : own;
    if (abis.includes(ownAbi) && pythons.includes(own))
        return true;
    return abis.includes('abi3') && pythons.some(tag => isUpTo(tag, `cp${major}`, 2));
}
//# sourceMappingURL=wheel-tags.js.map

/***/ }),

/***/ 4177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  resolveWithTools: () => (/* binding */ resolveWithTools)
});

// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
// EXTERNAL MODULE: ./build/src/format.js
var format = __webpack_require__(2866);
// EXTERNAL MODULE: ./build/src/requirements/package-changes.js
var package_changes = __webpack_require__(626);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/evaluate-marker.js
var evaluate_marker = __webpack_require__(9060);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/python-target.js
var python_target = __webpack_require__(6772);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/version-range.js
var version_range = __webpack_require__(4664);
// EXTERNAL MODULE: ./build/src/requirements/grammar/marker.js
var grammar_marker = __webpack_require__(9460);
// EXTERNAL MODULE: ./build/src/requirements/grammar/named-requirement.js
var named_requirement = __webpack_require__(6739);
// EXTERNAL MODULE: ./build/src/requirements/grammar/parse-error.js
var parse_error = __webpack_require__(5144);
// EXTERNAL MODULE: ./build/src/requirements/grammar/version.js
var grammar_version = __webpack_require__(8220);
;// CONCATENATED MODULE: ./build/src/requirements/managed-images/base-conflicts.js







/**
 * Tells what a resolution breaks of the base: for each package of the base that is not in the resolution, whether what it
 * requires holds of the new versions. What does not hold of the base itself is no news, and what is not certain is left out.
 *
 * @param variables of markers, for the target: `markerEnvironment`.
 */
function baseConflicts({ packages, requiresOf }, resolved, variables) {
    const names = new Set(resolved.map(({ name }) => name));
    const changed = new Map(resolved.flatMap(({ name, version }) => {
        const before = packages.get(name);
        return before !== undefined && isSameVersion(before, version) ? [] : [[name, version]];
    }));
    const broken = new Map();
    const unknown = [];
    for (const [name, version] of packages) {
        if (names.has(name))
            continue;
        const requires = requiresOf(name, version);
        if (requires === undefined)
            unknown.push({ name, version });
        for (const requirement of requires ?? []) {
            const limit = limitIn(requirement, variables);
            const after = limit && changed.get(limit.name);
            if (limit === undefined || after === undefined || !excludes(limit.specifiers, after))
                continue;
            const before = packages.get(limit.name);
            if (before !== undefined && excludes(limit.specifiers, before))
                continue;
            const those = broken.get(limit.name) ?? [];
            broken.set(limit.name, [...those, { name, version, requirement: requirement.split(';', 1)[0] ?? '' }]);
        }
    }
    const conflicts = [...changed].flatMap(([name, version]) => {
        const those = broken.get(name);
        return those === undefined ? [] : { name, version, baseVersion: packages.get(name), broken: those };
    });
    const isReplaced = [...changed.keys()].some(name => packages.has(name));
    return { conflicts, unknown: isReplaced ? unknown : [] };
}
/** Of a requirement with a marker that holds, its name and specifiers; undefined where it does not hold for certain. */
function limitIn(requirement, variables) {
    const semicolon = requirement.indexOf(';');
    const marker = semicolon === -1 ? '' : requirement.slice(semicolon + 1).trim();
    try {
        if (marker !== '' && (0,evaluate_marker/* evaluateMarker */.UZ)((0,grammar_marker/* parseMarker */.g)(marker, 0), variables) !== true)
            return undefined;
        const named = semicolon === -1 ? requirement : requirement.slice(0, semicolon);
        const { name, specifiers } = (0,named_requirement/* parseNamedRequirement */.Ub)(named.trim(), 0);
        return { name: (0,named_requirement/* normalizedName */.j8)(name), specifiers };
    }
    catch (error) {
        // Metadata of others may hold anything.
        if (error instanceof parse_error/* ParseError */.m)
            return undefined;
        throw error;
    }
}
function excludes(specifiers, version) {
    return specifiers.some(specifier => (0,version_range/* satisfies */.i)(specifier, version) === false);
}
/** So many packages that break are named. */
const MOST_BROKEN = 5;
/**
 * Says what breaks, and what to write instead.
 * @param neededBy the package of the file that leads to it, where the file does not name it itself
 */
function baseConflictAdvice({ name, version, baseVersion, broken }, baseName, neededBy) {
    const needs = broken.map(each => `${each.name} ${each.version} (needs ${each.requirement})`);
    const chain = neededBy === undefined ? '' : `, which ${neededBy} needs,`;
    const does = baseVersion === undefined ? 'is installed on' : `replaces ${name} ${baseVersion} of`;
    const others = (0,format/* joinList */.D7)([...new Set(broken.map(each => each.name))], MOST_BROKEN);
    return {
        problem: `${name} ${version}${chain} ${does} ${baseName} and breaks ${(0,format/* joinList */.D7)(needs, MOST_BROKEN)} there.`,
        remedy: `Ask for a version of ${neededBy ?? name} that fits, or add newer versions of ${others} to the file.`,
    };
}
/** Tells where each package of a resolution comes from. @param base versions by normalised name. */
function splitByOrigin(base, resolved) {
    return resolved.map(each => {
        const baseVersion = base.get(each.name);
        if (baseVersion === undefined)
            return { ...each, origin: 'installed' };
        return isSameVersion(baseVersion, each.version)
            ? { ...each, origin: 'base' }
            : { ...each, origin: 'replaced', baseVersion };
    });
}
/** Tells whether two texts are one version: `1.0` is `1`. */
function isSameVersion(one, other) {
    const known = (0,grammar_version/* canonicalVersion */.B)(one, 'stripped');
    return one === other || (known !== undefined && known === (0,grammar_version/* canonicalVersion */.B)(other, 'stripped'));
}
//# sourceMappingURL=base-conflicts.js.map
// EXTERNAL MODULE: ./build/src/requirements/resolver/resolver-diagnostic.js
var resolver_diagnostic = __webpack_require__(8603);
// EXTERNAL MODULE: ./build/src/requirements/grammar/option.js
var grammar_option = __webpack_require__(9355);
// EXTERNAL MODULE: ./build/src/requirements/requirements.js + 2 modules
var requirements = __webpack_require__(6934);
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
/**
 * Options that have pip ask another index. No tool is sent there; the file gets this far only where the finding about them
 * is ignored.
 */
const OTHER_INDEX = new Set(['--index-url', '--extra-index-url', '--trusted-host']);
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
    const otherIndex = requirements.entries.find(entry => entry.kind !== 'invalid' && entry.options.some(isOtherIndex));
    return {
        text,
        entries,
        preReleases: options.some(({ name }) => name === '--pre'),
        otherIndexLine: otherIndex?.span.start.line,
    };
}
function isOtherIndex(option) {
    return OTHER_INDEX.has(option.name) && !(0,grammar_option/* isDefaultIndex */.K)(option);
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
    const refusal = options.find(({ name }) => !PASSED_OVER.has(name) && !OTHER_INDEX.has(name) && name !== '--pre');
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
;// CONCATENATED MODULE: ./build/src/requirements/resolver/held-packages.js







/** Limits the lines that are resolved: more take a tool longer than there is time, and are no file that anybody wrote. */
const MOST_LINES = 10_000;
/** Resolves requirements without saying what is wrong with them; undefined where the result is not known. */
async function resolveAlone(requirements, pythonVersion, held, resolver, limit) {
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
        const answer = await resolver.resolve(input, pythonVersion, held);
        return answer.kind === 'resolved' ? answer.packages : undefined;
    }
    catch (error) {
        if (limit.aborted)
            return undefined;
        throw error;
    }
}
/** Finds out what an image is built upon: the managed image, and upon that what custom images ask for, as of now. */
async function heldBy({ pythonVersion, base }, resolver, limit) {
    if (base === undefined)
        return { image: undefined, caveats: [] };
    const { name, managed, layers } = base;
    const isBare = managed === undefined && layers.length === 0;
    if (resolver.tool === 'pip' && !isBare)
        return {
            image: undefined,
            caveats: [`pip does not take into account what the base image ${name} already holds. Set up uv, which does.`],
        };
    const packages = new Map(managed?.packages);
    for (const layer of layers) {
        const resolved = await resolveAlone(layer, pythonVersion, packages, resolver, limit);
        if (resolved === undefined)
            return { image: undefined, caveats: [`It is not known what the base image ${name} holds.`] };
        for (const each of resolved)
            packages.set(each.name, each.version);
    }
    const requiresOf = (...of) => managed?.requiresOf(...of);
    return { image: { name, packages, requiresOf }, caveats: [] };
}
/** Says what of the base the packages break, at the lines that lead to them, and of what that is not known. */
function breaksOf(image, { packages, requiredBy }, entries, pythonVersion) {
    const environment = (0,evaluate_marker/* markerEnvironment */.wp)({ pythonVersion, platform: python_target/* windowsCPython */.bH });
    const { conflicts, unknown } = baseConflicts(image, packages, environment);
    const diagnostics = conflicts.map((each) => {
        const roots = (0,resolver_diagnostic/* rootRequirements */.po)(each.name, requiredBy, entries);
        const isNamed = roots.length === 0 || roots.some(({ normalizedName }) => normalizedName === each.name);
        const advice = baseConflictAdvice(each, image.name, isNamed ? undefined : roots[0]?.name);
        return { id: 'base-conflict', severity: 'warning', ...advice, quote: '', entries: roots };
    });
    const names = (0,format/* joinList */.D7)(unknown.map(({ name }) => name), MOST_UNKNOWN);
    const caveat = `It is not known what these packages of ${image.name} require, and so not whether they still work: ${names}.`;
    return { diagnostics, caveats: unknown.length === 0 ? [] : [caveat] };
}
/** So many packages are named of which it is not known what they require. */
const MOST_UNKNOWN = 10;
/** Tells whether a text is a version of Python, in full or without its last part. */
function isVersionOfPython(text) {
    return /^[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}$/.test(text);
}
/** Tells whether the base has a version that satisfies a line, which pip then leaves as it is. */
function isKept({ normalizedName, specifiers, extras }, image) {
    const version = image?.packages.get(normalizedName);
    return version !== undefined && extras.length === 0 && specifiers.every(each => (0,version_range/* satisfies */.i)(each, version) === true);
}
/** Returns what the base has of lines that it satisfies. */
function keptIn(entries, image) {
    return Array.from(new Set(Array.from(entries, ({ normalizedName }) => normalizedName)), name => ({
        name,
        version: image?.packages.get(name) ?? '',
    }));
}
/** Says of each package whether it comes from the base, as far as that is known. */
function withOrigin(packages, image) {
    if (image === undefined)
        return packages;
    return splitByOrigin(image.packages, packages).toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
//# sourceMappingURL=held-packages.js.map
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/requirements/resolver/resolver.js
var resolver = __webpack_require__(2735);
// EXTERNAL MODULE: ./build/src/json.js
var json = __webpack_require__(4715);
// EXTERNAL MODULE: ./build/src/requirements/grammar/specifier.js
var specifier = __webpack_require__(820);
// EXTERNAL MODULE: ./build/src/requirements/resolver/pip-errors.js
var pip_errors = __webpack_require__(4346);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/pip-output.js









const SENTENCE = 'Could not find a version that satisfies the requirement ';
const VERSIONS = ' (from versions: ';
/** So much of a sentence, in characters: old projects have thousands of versions, and files thousands of packages. */
const SENTENCE_LIMIT = 64 * 1024;
/** Of the versions of an old project so many, the last ones, will do. */
const MOST_VERSIONS = 10;
/** Of a requirement in metadata, in characters. */
const LONGEST_REQUIREMENT = 1000;
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
    const [entry, another] = text.length > LONGEST_REQUIREMENT ? [] : (0,requirements/* requirementsOf */.CG)(text).entries;
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
/** Tells whether by the metadata in a report of pip's no package requires the project on the target, but some do elsewhere. */
function isExcludedIn(report, project, pythonVersion) {
    const environment = anyExtraOf(pythonVersion);
    const markers = (installedBy(report) ?? []).flatMap(({ requiresDist }) => requiresDist.flatMap(each => {
        if ((0,named_requirement/* nameAtStart */.BK)(each) !== project || each.length > LONGEST_REQUIREMENT)
            return [];
        const [entry] = (0,requirements/* requirementsOf */.CG)(each).entries;
        return [entry?.kind === 'requirement' ? entry.marker : undefined];
    }));
    return (markers.length > 0 && markers.every(marker => marker !== undefined && (0,evaluate_marker/* evaluateMarker */.UZ)(marker, environment) === false));
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
        const isSource = details.startsWith('Skipping link: No sources', start);
        if (url !== '')
            yield { version: versionIn(url.slice(url.lastIndexOf('/') + 1)), python, isSource };
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
    const files = buildable.some(({ isSource }) => isSource) ? resolver_diagnostic/* noWheel */.fL : resolver_diagnostic/* noFiles */.JE;
    const text = buildable.length > 0 ? files(pythonVersion, term, blamed) : otherText;
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
    for (const { name, requiresDist } of installed)
        for (const required of requiresDist)
            requiredBy.get((0,named_requirement/* nameAtStart */.BK)(required))?.push(name);
    const warnings = Array.from(output.matchAll(YANKED), ([whole, name = '', version, reason]) => {
        return [whole, (0,named_requirement/* normalizedName */.j8)(name), version, reason === NO_REASON ? '' : reason];
    });
    return { packages, diagnostics: (0,resolver_diagnostic/* yankedIn */.CR)(warnings, requiredBy, entries), requiredBy };
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
            requiresDist: (0,json/* listIn */.Of)(requires).flatMap(each => (typeof each === 'string' ? [each] : [])),
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
        return {
            tool: 'pip',
            toolVersion,
            resolve: (input, pythonVersion) => resolveWithPip(run, directory, input, pythonVersion),
        };
    }
    return undefined;
}
async function resolveWithPip(run, directory, input, pythonVersion) {
    // pip calls it an error to be given nothing.
    if (input.entries.length === 0)
        return { kind: 'resolved', packages: [], diagnostics: [], requiredBy: new Map() };
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
    /** Asks for the metadata of what requires it, for the newest releases of pip leave out the marker. */
    const isForOthersOnly = async ({ name, requiredBy }) => {
        if (requiredBy === undefined)
            return false;
        const line = input.entries.find(({ normalizedName }) => normalizedName === requiredBy);
        await directory.write(resolver/* FILE */.PW, `${requiredBy}${textOf(line?.specifiers ?? [])}\n`);
        if ((await run([...common, '--no-deps', '--report', REPORT])).code !== 0)
            return false;
        const report = await directory.read(REPORT, REPORT_LIMIT);
        return report !== undefined && isExcludedIn(report, name, pythonVersion);
    };
    // An index that did not answer has no versions, which looks like a conflict too.
    const conflict = /Retrying \(Retry\(/.test(printed) ? undefined : pipConflict(printed, input.entries);
    if (conflict !== undefined)
        return { kind: 'unresolvable', diagnostics: [conflict] };
    const missing = missingIn(printed, pythonVersion);
    if (missing === undefined)
        return (0,resolver/* noResult */.p3)('pip', ended);
    if (!missing.forTarget || (await isForOthersOnly(missing)))
        return { kind: 'none', why: `pip needs a package that only another platform needs: ${missing.quote}` };
    // A missing version, a missing wheel and an index that did not answer look alike, unless pip prints each link that it
    // skips.
    await directory.write(resolver/* FILE */.PW, `${missing.name}${textOf(missing.specifiers)}\n`);
    const { output, errors } = await run([...common, '--no-deps', '-vv']);
    const verdict = missingVerdict(missing, printed, `${output}\n${errors}`, input.entries, pythonVersion);
    return 'why' in verdict
        ? { kind: 'none', why: `pip did not reach the index: ${(0,resolver_diagnostic/* inOneLine */.UX)(verdict.why)}` }
        : { kind: 'unresolvable', diagnostics: [verdict.diagnostic] };
}
function textOf(specifiers) {
    return specifiers.map(({ operator, version }) => operator + version).join(',');
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
    return { packages, diagnostics: (0,resolver_diagnostic/* yankedIn */.CR)(warnings, requiredBy, entries), requiredBy };
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
function uvComplaint(errors, entries, pythonVersion) {
    const heading = errors.indexOf(HEADING);
    const start = heading === -1 ? 0 : errors.indexOf('\n', heading) + 1;
    if (start === 0 || uv_output_UNREACHED.test(errors))
        return undefined;
    // A long derivation has several paragraphs, which refer to each other by numbers.
    const paragraphs = errors.slice(start, start + OUTPUT_LIMIT).split(/\r?\n[ \t]*\r?\n/);
    const firstHint = paragraphs.findIndex(each => /^\s*hint:/.test(each));
    const [derivation, hints] = firstHint === -1 ? [paragraphs, []] : [paragraphs.slice(0, firstHint), paragraphs.slice(firstHint)];
    const quote = derivation
        .join(' ')
        .replace(/^\s*(?:╰─▶|cause:)/, '')
        .replace(/\s+/g, ' ')
        .trim();
    const hint = hints.join(' ');
    // A package under a marker is written as numpy{python_full_version < '3.11'}>=1.22.
    const cause = quote.replace(/\{[^{}]{0,300}\}/g, '');
    const blamed = uv_output_blamedEntries(cause, entries);
    const edges = edgesIn(cause);
    const required = cause.matchAll(/(?<!conclude that )you require ([^\s,]+(?:,[^\s,]+)*)/g);
    const excluded = exclusion(edges, blamed);
    const byWords = excluded ??
        (0,resolver_diagnostic/* conflict */.hj)(edges, Array.from(required, ([, term = '']) => term));
    const found = textFor(cause, hint, pythonVersion, blamed, edges) ?? byWords;
    // pip takes a pre-release where nothing else satisfies the line, which uv does not.
    const severity = /[Pp]re-releases (?:are|were|weren't)/.test(hint) ? 'warning' : found.severity;
    return {
        diagnostic: { ...found, severity, quote, entries: blamed },
        edges,
        conflict: found.id === 'conflict' ? found : excluded,
    };
}
/** Says which lines exclude each other, or which line or dependency is excluded by what a package requires, if any is. */
function exclusion(edges, entries) {
    const [few, lines] = [edges.slice(0, MOST_COMPARED), entries.slice(0, MOST_COMPARED)];
    for (const [at, line] of lines.entries()) {
        const named = (other) => (0,named_requirement/* normalizedName */.j8)(other.name) === line.normalizedName;
        const other = lines
            .slice(at + 1)
            .filter(named)
            .find(each => (0,version_range/* areDisjoint */.h)(line.specifiers, each.specifiers));
        if (other !== undefined)
            return (0,resolver_diagnostic/* conflict */.hj)([], [(0,resolver_diagnostic/* termOf */.iP)(line), (0,resolver_diagnostic/* termOf */.iP)(other)]);
        const excluding = few.filter(named).filter(({ ranges }) => excludeAll(ranges, [line.specifiers]));
        // What is concluded of all that a line allows says more than what single versions need.
        const edge = excluding.findLast(({ by }) => lines.some(each => isTermOf(by, each))) ?? excluding[0];
        if (edge !== undefined)
            return (0,resolver_diagnostic/* conflict */.hj)([edge], [(0,resolver_diagnostic/* termOf */.iP)(line)]);
    }
    for (const [at, edge] of few.entries()) {
        const other = few
            .slice(at + 1)
            .filter(({ name, by }) => name === edge.name && (0,named_requirement/* nameAtStart */.BK)(by) !== (0,named_requirement/* nameAtStart */.BK)(edge.by))
            .find(({ ranges }) => excludeAll(edge.ranges, ranges));
        if (other !== undefined)
            return (0,resolver_diagnostic/* conflict */.hj)([edge, other], []);
    }
    return undefined;
}
/** Whether a term of uv says the same as a line: `pandas>=2.0.0` for `pandas >= 2`. */
function isTermOf(term, { normalizedName: name, specifiers }) {
    TERM.lastIndex = 0;
    const [, named = '', stated = ''] = TERM.exec(term) ?? [];
    const range = (0,named_requirement/* normalizedName */.j8)(named) === name ? (0,specifier/* specifiersOf */.LJ)(stated) : undefined;
    return range !== undefined && (0,specifier/* canonicalSpecifiers */.o5)(range) === (0,specifier/* canonicalSpecifiers */.o5)(specifiers);
}
function excludeAll(some, others) {
    return some.every(one => others.every(other => (0,version_range/* areDisjoint */.h)(one, other)));
}
function textFor(cause, hint, pythonVersion, blamed, edges) {
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
    if (/requested Python version \S+ does not satisfy/.test(cause) && edges.length < 2) {
        return (0,resolver_diagnostic/* otherPython */.b_)(pythonVersion, blamed);
    }
    const missing = Array.from(cause.matchAll(/there (?:is|are) no versions? of ([^\s,]+(?:,[^\s,]+)*)/g), ([, term = '']) => term);
    const needed = new Set(missing);
    const unmet = edges.find(({ needs }) => needed.has(needs));
    if (unmet !== undefined)
        return (0,resolver_diagnostic/* noVersion */.yV)(unmet.needs, blamed);
    if (edges.length === 0 && (missing.length > 0 || /\bavailable\b/.test(cause)))
        return (0,resolver_diagnostic/* noVersion */.yV)(missing[0], blamed);
    return undefined;
}
/** So many dependencies and lines are compared with each other, and alternatives of a dependency read. */
const MOST_COMPARED = 50;
/** So many alternatives of a dependency are shown. */
const MOST_SHOWN = 3;
function edgesIn(cause) {
    const found = cause.matchAll(/(?:(?<!\S)(\S{1,300}))? depends? on (?!Python)(one of: )?/g);
    return Array.from(found).flatMap(({ 0: whole, 1: by = '', 2: several, index }) => {
        const terms = [];
        for (let at = index + whole.length; terms.length < MOST_COMPARED; at = TERM.lastIndex + 1) {
            TERM.lastIndex = at;
            const term = TERM.exec(cause);
            if (term === null || (terms[0] !== undefined && term[1] !== terms[0][1]))
                break;
            terms.push(term);
            if (several === undefined)
                break;
        }
        const [first] = terms;
        if (first === undefined)
            return [];
        const shown = terms.map(([term]) => term.replace(/[,.]$/, ''));
        const rest = shown.length > MOST_SHOWN ? ' or others' : '';
        return {
            by,
            name: (0,named_requirement/* normalizedName */.j8)(first[1] ?? ''),
            needs: shown.slice(0, MOST_SHOWN).join(' or ') + rest,
            ranges: terms.map(([, , specifiers = '']) => (0,specifier/* specifiersOf */.LJ)(specifiers.replace(/[,.]$/, '')) ?? []),
        };
    });
}
/** A package with its extras and specifiers. */
const TERM = /([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?((?:[=<>!~]{1,3}[^\s,=<>!~]+,?)*)/y;
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
// EXTERNAL MODULE: ./node_modules/@renovatebot/pep440/index.js + 3 modules
var pep440 = __webpack_require__(4288);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/wheel-tags.js
var wheel_tags = __webpack_require__(1017);
;// CONCATENATED MODULE: ./build/src/requirements/index-facts/availability.js





/** Kinds of files, the best first. */
const KINDS = ['wheel', 'source', 'yanked', 'pre-release', 'other-wheels', 'other-python'];
const PRE_RELEASE = /[0-9](?:a|b|rc)[0-9]|\.dev/;
/** Tells what of a project's files satisfies the specifiers, and whether the target could have it. */
function availabilityOf(files, specifiers, target) {
    const isPinned = specifiers.some(({ operator, version }) => /^={2,3}$/.test(operator) && !version.endsWith('.*'));
    const allowsPre = target.preReleases || specifiers.some(each => each.operator !== '!=' && isPreRelease(each.version));
    const supports = pythonCheck(target.pythonVersion);
    const kindOf = (file) => {
        if (!supports(file.requiresPython))
            return 'other-python';
        const isWheel = file.wheelTags !== undefined;
        if (isWheel && !(0,wheel_tags/* fitsWindows */.q)(file.wheelTags, target.pythonVersion))
            return 'other-wheels';
        if (!allowsPre && isPreRelease(file.version))
            return 'pre-release';
        if (file.yanked !== undefined)
            return 'yanked';
        return isWheel ? 'wheel' : 'source';
    };
    const newest = new Map();
    let usable;
    for (const [version, those] of Map.groupBy(files, file => file.version)) {
        const satisfied = specifiers.every(specifier => (0,version_range/* satisfies */.i)(specifier, version) !== false);
        for (const file of those) {
            const kind = kindOf(file);
            if (kind === 'wheel' && (usable === undefined || isNewer(version, usable)))
                usable = version;
            const known = newest.get(kind);
            if (satisfied && (known === undefined || isNewer(version, known.version)))
                newest.set(kind, file);
        }
    }
    const best = KINDS.find(kind => newest.has(kind));
    const file = best && newest.get(best);
    if (best === undefined || file === undefined)
        return { kind: 'no-version', usable };
    const { version } = file;
    switch (best) {
        case 'yanked':
            return { kind: best, version, reason: file.yanked ?? '', isPinned, usable };
        case 'other-python':
            return { kind: best, version, requiresPython: file.requiresPython ?? '', usable };
        default:
            return { kind: best, version, usable };
    }
}
function isPreRelease(version) {
    return PRE_RELEASE.test((0,grammar_version/* canonicalVersion */.B)(version, 'kept') ?? '');
}
function isNewer(version, other) {
    return version !== other && (0,pep440/* compare */.UD)(version, other) > 0;
}
/** Answers from memory where it was asked before: the files of a project state few ranges, again and again. */
function pythonCheck(pythonVersion) {
    const known = new Map();
    return requiresPython => {
        const before = known.get(requiresPython);
        if (before !== undefined)
            return before;
        // What cannot be read counts for nothing, as for pip.
        const specifiers = (0,specifier/* specifiersOf */.LJ)(requiresPython?.trim() ?? '') ?? [];
        const supports = specifiers.every(specifier => (0,version_range/* satisfies */.i)(specifier, pythonVersion) !== false);
        known.set(requiresPython, supports);
        return supports;
    };
}
//# sourceMappingURL=availability.js.map
;// CONCATENATED MODULE: ./build/src/requirements/index-facts/availability-advice.js
/**
 * Says what is wrong with a requirement and what to write instead; undefined where there is a wheel for the target.
 *
 * @param name of the project, normalised
 * @param specifiers as they are written, such as `>=2.5,<3`; empty where there are none
 * @param neededBy what requires it, where that is not the file itself
 */
function availabilityAdvice(name, specifiers, availability, pythonVersion, neededBy) {
    const target = `Windows (x86-64) and Python ${pythonVersion}`;
    const of = neededBy === undefined ? '' : `, which ${neededBy} needs`;
    const advice = (id, severity, problem, remedy) => {
        const another = `Use another version of ${neededBy}, or leave it out.`;
        return { id, severity, problem: `${problem}.`, remedy: neededBy === undefined ? remedy : another };
    };
    if (availability.kind === 'no-project') {
        return advice('not-found', 'error', `The package index has no package ${name}${of}`, 'Check the name.');
    }
    const { usable, kind } = availability;
    const remedy = usable === undefined
        ? `No version of ${name} has a wheel for ${target}: use another package, or exclude it there with the marker sys_platform != "win32".`
        : `The newest version with a wheel for ${target} is ${usable}: write "${name}==${usable}".`;
    if (kind === 'wheel')
        return undefined;
    if (kind === 'no-version') {
        const problem = specifiers === ''
            ? `The package index has no version of ${name}${of}, that pip can install`
            : `No version of ${name} satisfies "${specifiers}"${of}`;
        return advice('not-found', 'error', problem, remedy);
    }
    const exact = `${name} ${availability.version}${of === '' ? '' : `${of},`}`;
    switch (kind) {
        case 'pre-release': {
            const problem = `Only pre-releases satisfy ${name}${specifiers}${of}, and most releases of pip install none that the line does not name`;
            return advice('not-found', 'warning', problem, `Write "${name}==${availability.version}", or another version.`);
        }
        case 'other-python': {
            const problem = `${exact} needs Python ${availability.requiresPython}, and the image has Python ${pythonVersion}`;
            return advice('not-found', 'error', problem, remedy);
        }
        case 'other-wheels': {
            const problem = `${exact} cannot be installed: it has wheels for other platforms or other versions of Python only, and no source`;
            return advice('no-wheel', 'error', problem, remedy);
        }
        case 'source': {
            const problem = `${exact} has no wheel for ${target}, only a source, so the service would have to build it, which may fail`;
            return advice('no-wheel', 'warning', problem, remedy);
        }
        case 'yanked': {
            const { version, reason, isPinned } = availability;
            const why = reason === '' ? '' : ` (“${reason}”)`;
            return isPinned
                ? advice('yanked', 'warning', `${exact} was yanked by its authors${why}`, remedy)
                : advice('yanked', 'error', `Only yanked versions satisfy ${name}${specifiers}${of}, such as ${version}${why}, and pip does not install these`, remedy);
        }
    }
}
//# sourceMappingURL=availability-advice.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/verdict-by-index.js



/** So many times a file is compared with a condition, which takes a second or two; of a real project it is a thousandth. */
const MOST_CHECKS = 1_000_000;
/** So many lines that are complained of are looked up. */
const verdict_by_index_MOST_LINES = 10;
/**
 * Says what is wrong with requirements by the files that the index has of the packages that uv complains of: with
 * `--no-build`, uv says the same of a release for a newer Python, of one without files for Windows, and of one that would
 * have to be built. Where the index does not tell, uv's own verdict stays, as a warning.
 * @param held versions by name that the base image holds, which pip keeps where they satisfy; uv cannot have those that no
 * index has.
 * @returns nothing where uv complains of such packages alone.
 */
async function verdictByIndex({ diagnostic, edges, conflict }, { preReleases }, pythonVersion, readProject, held) {
    const { id, entries, quote } = diagnostic;
    if (id === 'invalid-metadata')
        return [diagnostic];
    let checks = 0;
    const lookUp = async (name, specifiers) => {
        const listing = await readProject(name);
        if (listing.kind !== 'files')
            return listing.kind === 'unknown' ? undefined : listing;
        checks += listing.files.length * (1 + specifiers.length);
        if (checks > MOST_CHECKS)
            return undefined;
        return availabilityOf(listing.files, specifiers, { pythonVersion, preReleases });
    };
    const lines = [];
    for (const entry of entries.slice(0, verdict_by_index_MOST_LINES)) {
        const availability = await lookUp(entry.normalizedName, entry.specifiers);
        const advice = availability && availabilityAdvice(entry.normalizedName, verdict_by_index_textOf(entry.specifiers), availability, pythonVersion);
        if (advice !== undefined)
            lines.push({ ...advice, quote: '', entries: [entry] });
    }
    const hopeless = lines.filter(({ severity }) => severity === 'error');
    if (hopeless.length > 0)
        return hopeless;
    if (conflict !== undefined)
        return [{ ...conflict, quote, entries }];
    if (lines.length > 0)
        return lines;
    const own = new Set(entries.map(entry => entry.normalizedName));
    const dependencies = [];
    let isOfBase = false;
    for (const { name, by, ranges } of edges) {
        if (own.has(name))
            continue;
        const version = held.get(name);
        if (version !== undefined && ranges.every(range => range.every(each => (0,version_range/* satisfies */.i)(each, version) !== false))) {
            isOfBase = true;
            continue;
        }
        const neededBy = entries[0]?.name ?? by;
        const advice = [];
        for (const range of ranges) {
            const availability = await lookUp(name, range);
            advice.push(availability && availabilityAdvice(name, verdict_by_index_textOf(range), availability, pythonVersion, neededBy));
        }
        const [first] = advice;
        if (first !== undefined && !advice.includes(undefined))
            dependencies.push({ ...first, quote, entries });
    }
    // What would have to be built may work, whatever else some version of a package lacks.
    const [found] = [...dependencies.filter(({ severity }) => severity !== 'error'), ...dependencies];
    if (found === undefined && isOfBase)
        return [];
    return [found ?? { ...diagnostic, severity: 'warning' }];
}
function verdict_by_index_textOf(specifiers) {
    return specifiers.map(({ operator, version }) => operator + version).join(',');
}
//# sourceMappingURL=verdict-by-index.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/uv.js



/** The first whose options and texts are those that are used here; of November 2024. */
const uv_OLDEST = [0, 5];
const HELD = 'held.txt';
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
    const readProject = tools.indexReader(await tools.environment(), signal);
    const python = (await tools.find('python3')) ?? (await tools.find('python'));
    const resolve = async (input, pythonVersion, held = new Map()) => {
        await directory.write(resolver/* FILE */.PW, input.text);
        // What uv finds in the file that it is to write, it keeps where it can.
        if (held.size > 0)
            await directory.write(HELD, Array.from(held, ([name, version]) => `${name}==${version}\n`).join(''));
        const args = [
            ['pip', 'compile', resolver/* FILE */.PW],
            ['--python-platform', 'x86_64-pc-windows-msvc', '--python-version', pythonVersion],
            ['--only-binary', ':all:', '--no-header', '--annotation-style', 'line', '--color', 'never'],
            input.preReleases ? ['--prerelease', 'allow'] : [],
            held.size > 0 ? ['--output-file', HELD] : [],
        ].flat();
        let ended = await run(python === undefined ? args : [...args, '--python', python]);
        if (python !== undefined && isAboutPython(ended))
            ended = await run(args);
        if (ended.code === 0) {
            const resolved = uvResolved(ended.output, ended.errors, input.entries);
            if (resolved !== undefined)
                return { kind: 'resolved', ...resolved };
        }
        const complaint = ended.code === 1 ? uvComplaint(ended.errors, input.entries, pythonVersion) : undefined;
        if (complaint === undefined)
            return (0,resolver/* noResult */.p3)('uv', ended);
        return {
            kind: 'unresolvable',
            diagnostics: await verdictByIndex(complaint, input, pythonVersion, readProject, held),
        };
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
 * @param preferred versions by name that uv takes where they satisfy, before those of the base
 * @throws the signal's reason once it is aborted, with nothing left running
 */
async function resolveWithTools(requirements, target, machine, signal, current, preferred = new Map()) {
    const { pythonVersion } = target;
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
            const held = await heldBy(target, resolver, limit.signal);
            const resolution = await collectDiagnostics(requirements, pythonVersion, held, preferred, resolver, limit.signal);
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
async function resolveCurrent(current, resolver, limit) {
    const held = await heldBy(current, resolver, limit);
    return resolveAlone(current.requirements, current.pythonVersion, held.image?.packages, resolver, limit);
}
/**
 * Resolves again without the lines that were found to be wrong, until nothing more is. A conflict ends it: which of its lines
 * is the wrong one is not known.
 */
async function collectDiagnostics(requirements, pythonVersion, { image, caveats }, preferred, resolver, limit) {
    const { tool, toolVersion } = resolver;
    const preferences = new Map([...(image?.packages ?? []), ...preferred]);
    const diagnostics = [];
    const unknown = [];
    /** Lines that the base satisfies with a version that uv cannot have. */
    const kept = new Set();
    const wrong = new Set();
    let otherIndexLine;
    const answered = (mayBeMore) => {
        // pip resolves for the machine it runs on where it matters.
        const isDoubtful = tool === 'pip' || otherIndexLine !== undefined;
        const findings = diagnostics
            .toSorted((one, other) => lineOf(one) - lineOf(other))
            .flatMap(each => (0,resolver_diagnostic/* findingsOf */.WX)(each, tool, requirements, isDoubtful));
        const all = [
            ...caveats,
            ...unknown,
            ...(otherIndexLine === undefined
                ? []
                : [`${tool} did not ask the index of line ${otherIndexLine}, so its answer may differ from the build's.`]),
            ...(mayBeMore
                ? ['The search ended before the whole file was checked, so there may be more errors.']
                : leftOut(findings)),
        ];
        return { tool, toolVersion, findings, caveats: all };
    };
    let mayBeMore = true;
    for (let round = 1; round <= ROUNDS; round++) {
        const input = resolverInputOf(requirements, pythonVersion, wrong);
        if ('refused' in input)
            break;
        otherIndexLine = input.otherIndexLine;
        const answer = await resolver.resolve(input, pythonVersion, preferences).catch((error) => {
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
            const isWhole = diagnostics.length === 0;
            diagnostics.push(...answer.diagnostics);
            if (image !== undefined) {
                const breaks = breaksOf(image, answer, input.entries, pythonVersion);
                diagnostics.push(...breaks.diagnostics);
                unknown.push(...breaks.caveats);
            }
            if (isWhole)
                return {
                    outcome: 'resolved',
                    packages: withOrigin([...answer.packages, ...keptIn(kept, image)], image),
                    lines: linesOf(answer, input.entries),
                    ...answered(false),
                };
            mayBeMore = false;
            break;
        }
        const fresh = answer.diagnostics.flatMap(each => {
            const entries = each.entries.filter(entry => each.id === 'conflict' || !isKept(entry, image));
            for (const entry of each.entries)
                if (!entries.includes(entry))
                    kept.add(entry);
            return entries.length === 0 && each.entries.length > 0 ? [] : [{ ...each, entries }];
        });
        diagnostics.push(...fresh);
        if (answer.diagnostics.length === 0)
            break;
        if (fresh.some(({ id, entries }) => id === 'conflict' || entries.length === 0))
            break;
        for (const { entries } of answer.diagnostics)
            for (const entry of entries)
                wrong.add(entry);
    }
    if (diagnostics.length === 0)
        return resolutionUnavailable(`${tool} finds no answer with what the base image ${image?.name ?? ''} holds`);
    return { outcome: 'unresolvable', ...answered(mayBeMore) };
}
/** What is not known of lines that may build, and were left out so that the rest could be checked. */
function leftOut(findings) {
    const [first, ...more] = [
        ...new Set(findings.filter(({ id, severity }) => id === 'no-wheel' && severity === 'warning').map(({ line }) => line)),
    ];
    if (first === undefined)
        return [];
    const lines = more.length === 0
        ? `line ${first}, so conflicts with it`
        : `lines ${(0,format/* joinList */.D7)([first, ...more].map(String), 10)}, so conflicts with them`;
    return [`The other lines were checked without ${lines} would not have been found.`];
}
function linesOf({ packages, requiredBy }, entries) {
    const rooted = packages.map(({ name }) => [name, (0,resolver_diagnostic/* rootRequirements */.po)(name, requiredBy, entries)[0]]);
    return new Map(rooted.flatMap(([name, entry]) => (entry === undefined ? [] : [[name, entry.span.start.line]])));
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
