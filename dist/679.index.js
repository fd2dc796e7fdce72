export const id = 679;
export const ids = [679];
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

/***/ 7679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readDependencyFile: () => (/* binding */ readDependencyFile),
  recognizeFormats: () => (/* reexport */ recognizeFormats)
});

// EXTERNAL MODULE: ./build/src/requirements/file/read-failure.js
var read_failure = __webpack_require__(4010);
// EXTERNAL MODULE: ./build/src/requirements/file/workspace-guard.js
var workspace_guard = __webpack_require__(6896);
// EXTERNAL MODULE: ./build/src/requirements/formats/dependency-file.js
var dependency_file = __webpack_require__(3839);
// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
// EXTERNAL MODULE: ./build/src/requirements/resolver/resolver.js
var resolver = __webpack_require__(2735);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/evaluate-marker.js
var evaluate_marker = __webpack_require__(9060);
// EXTERNAL MODULE: ./build/src/requirements/grammar/marker.js
var grammar_marker = __webpack_require__(9460);
// EXTERNAL MODULE: ./build/src/requirements/grammar/named-requirement.js
var named_requirement = __webpack_require__(6739);
// EXTERNAL MODULE: ./build/src/requirements/grammar/parse-error.js
var parse_error = __webpack_require__(5144);
// EXTERNAL MODULE: ./build/src/requirements/grammar/requirement-text.js
var requirement_text = __webpack_require__(175);
// EXTERNAL MODULE: ./build/src/redact.js
var redact = __webpack_require__(5332);
;// CONCATENATED MODULE: ./build/src/requirements/formats/lock-marker.js




/**
 * Evaluates a marker as far as the target is known.
 *
 * @returns true, false, or what of the marker remains to be decided
 */
function reduceMarker(marker, lock) {
    if (marker.kind === 'comparison') {
        return selected(marker, lock) ?? (0,evaluate_marker/* evaluateMarker */.UZ)(marker, lock.environment) ?? marker;
    }
    const decisive = marker.kind === 'or';
    const rest = [];
    for (const term of marker.terms) {
        const reduced = reduceMarker(term, lock);
        if (reduced === decisive)
            return decisive;
        // A combination never holds one of its own kind.
        if (typeof reduced !== 'object')
            continue;
        // There may be more terms than a call takes arguments.
        for (const each of reduced.kind === marker.kind ? reduced.terms : [reduced])
            rest.push(each);
    }
    const [only] = rest;
    if (only === undefined)
        return !decisive;
    return rest.length === 1 ? only : { kind: marker.kind, terms: rest };
}
/** `"name" in extras`: a set, not a text; undefined where the comparison is another one. */
function selected({ left, operator, right }, lock) {
    if (left.kind !== 'literal' || right.kind !== 'variable')
        return undefined;
    if (operator !== 'in' && operator !== 'not in')
        return undefined;
    const set = right.name === 'extras' ? lock.extras : right.name === 'dependency_groups' ? lock.dependencyGroups : undefined;
    return set && set.has((0,named_requirement/* normalizedName */.j8)(left.value)) === (operator === 'in');
}
/** Parses a marker; undefined where it is not one. */
function markerIn(text) {
    try {
        return (0,grammar_marker/* parseMarker */.g)(text.trim(), 0);
    }
    catch (error) {
        if (error instanceof parse_error/* ParseError */.m)
            return undefined;
        throw error;
    }
}
/** Tells whether a marker asks for what only a lock file knows. */
function namesSelection(marker) {
    if (marker.kind !== 'comparison')
        return marker.terms.some(namesSelection);
    return [marker.left, marker.right].some(side => side.kind === 'variable' && (side.name === 'extras' || side.name === 'dependency_groups'));
}
//# sourceMappingURL=lock-marker.js.map
// EXTERNAL MODULE: ./build/src/requirements/evaluate/python-target.js
var python_target = __webpack_require__(6772);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/version-range.js
var version_range = __webpack_require__(4664);
// EXTERNAL MODULE: ./build/src/requirements/grammar/specifier.js
var specifier = __webpack_require__(820);
// EXTERNAL MODULE: ./build/src/requirements/evaluate/wheel-tags.js
var wheel_tags = __webpack_require__(1017);
// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var dist = __webpack_require__(3292);
// EXTERNAL MODULE: ./build/src/requirements/grammar/position.js
var position = __webpack_require__(2381);
;// CONCATENATED MODULE: ./build/src/requirements/formats/toml-positions.js
const BLANKS = /[ \t]*/y;
const SPACE = /[ \t\r\n]+/y;
const COMMENT = /#[^\n]*/y;
const BARE_KEY = /[A-Za-z0-9_-]+/y;
const OTHER_VALUE = /[^,\]}#\n]*/y;
/**
 * Finds where the keys and values of a document stand, which the library does not tell. The document must be valid; of
 * another one, the positions mean nothing.
 *
 * @param unquote what a quoted key with escapes says
 */
function tomlPositions(text, unquote) {
    const scan = { text, unquote, index: 0 };
    const root = nodeAt(0, 0);
    let table = root;
    for (;;) {
        skipSpace(scan);
        const start = scan.index;
        if (start >= text.length)
            return root;
        if (text[start] === '[') {
            table = header(scan, root);
        }
        else {
            pair(scan, table);
        }
        // Even an invalid document comes to an end.
        if (scan.index === start)
            scan.index++;
    }
}
function nodeAt(start, end) {
    return { start, end, children: new Map(), isArrayOfTables: false };
}
function header(scan, root) {
    const { text, index: start } = scan;
    const isArray = text[start + 1] === '[';
    scan.index += isArray ? 2 : 1;
    const keys = dottedKey(scan);
    scan.index += isArray ? 2 : 1;
    const last = keys.pop() ?? '';
    const parent = keys.reduce((node, key) => within(child(node, key, start, scan.index)), root);
    const named = child(parent, last, start, scan.index);
    if (!isArray) {
        // Before its own header, a table may have been known by one of its parts.
        named.start = start;
        named.end = scan.index;
        return named;
    }
    named.isArrayOfTables = true;
    return child(named, String(named.children.size), start, scan.index);
}
function child(node, key, start, end) {
    const known = node.children.get(key);
    if (known !== undefined)
        return known;
    const made = nodeAt(start, end);
    node.children.set(key, made);
    return made;
}
/** The last table of an array of tables: what a header below it goes on with. */
function within(node) {
    return (node.isArrayOfTables ? node.children.get(String(node.children.size - 1)) : undefined) ?? node;
}
function pair(scan, table) {
    const start = scan.index;
    const keys = dottedKey(scan);
    const end = scan.index;
    const node = keys.reduce((parent, key) => child(parent, key, start, end), table);
    skip(scan, BLANKS);
    if (scan.text[scan.index] === '=')
        scan.index++;
    skip(scan, BLANKS);
    value(scan, node);
}
function dottedKey(scan) {
    const keys = [];
    for (;;) {
        skip(scan, BLANKS);
        const quoted = skipString(scan);
        keys.push(quoted === '' ? skip(scan, BARE_KEY) : quoted.includes('\\') ? scan.unquote(quoted) : quoted.slice(1, -1));
        skip(scan, BLANKS);
        if (scan.text[scan.index] !== '.')
            return keys;
        scan.index++;
    }
}
function value(scan, node) {
    const { text } = scan;
    const start = scan.index;
    const opening = text[start];
    const string = skipString(scan);
    if (string !== '') {
        const quotes = /^(?:"""|''')/.test(string) ? 3 : 1;
        node.start = start + quotes;
        node.end = scan.index - quotes;
        return;
    }
    if (opening === '[' || opening === '{') {
        const closing = opening === '[' ? ']' : '}';
        scan.index++;
        for (;;) {
            skipSpace(scan);
            const before = scan.index;
            if (before >= text.length || text[before] === closing)
                break;
            if (opening === '{')
                pair(scan, node);
            else
                value(scan, child(node, String(node.children.size), before, before));
            skipSpace(scan);
            if (text[scan.index] === ',' || scan.index === before)
                scan.index++;
        }
        scan.index++;
    }
    else {
        skip(scan, OTHER_VALUE);
    }
    node.start = start;
    node.end = scan.index;
}
/** Goes past the string that starts here, if one does, and returns it with its quotes. */
function skipString(scan) {
    const { text, index: start } = scan;
    const quote = text[start];
    if (quote !== '"' && quote !== "'")
        return '';
    const isLong = text.startsWith(quote.repeat(3), start);
    const delimiter = isLong ? quote.repeat(3) : quote;
    let end = text.indexOf(delimiter, start + delimiter.length);
    while (end !== -1 && isEscaped(text, end, quote))
        end = text.indexOf(delimiter, end + 1);
    end = end === -1 ? text.length : end + delimiter.length;
    // Up to two quotes before the closing ones belong to the text.
    const limit = isLong ? end + 2 : end;
    while (end < limit && text[end] === quote)
        end++;
    scan.index = end;
    return text.slice(start, end);
}
/** Only between double quotes a backslash means something. */
function isEscaped(text, index, quote) {
    if (quote === "'")
        return false;
    let before = index;
    while (text[before - 1] === '\\')
        before--;
    return (index - before) % 2 === 1;
}
/** Goes past white space and comments; one expression for all of them would remember each, and there are millions in some files. */
function skipSpace(scan) {
    while (skip(scan, SPACE) !== '' || skip(scan, COMMENT) !== '')
        ;
}
/** Goes past what the sticky expression matches here, and returns it. */
function skip(scan, pattern) {
    pattern.lastIndex = scan.index;
    const match = pattern.exec(scan.text)?.[0] ?? '';
    scan.index += match.length;
    return match;
}
//# sourceMappingURL=toml-positions.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/toml.js





/** Nobody nests ten deep; whoever reads a document may go down into it by recursion. */
const MAX_DEPTH = 50;
/** Reads a TOML document, whose text has LF at the ends of lines. */
function parseToml(text, file) {
    if (isTooMuch(text)) {
        const problem = `${file} holds more values than can be read in good time.`;
        return { kind: 'invalid', problem: (0,dependency_file/* errorAt */.O)('file-format', problem, 'Lock fewer packages.', { file, line: 1 }) };
    }
    let root;
    try {
        root = (0,dist/* parse */.qg)(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH });
    }
    catch (error) {
        if (!(error instanceof dist/* TomlError */.zx))
            throw error;
        const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
        const { line, column } = error;
        const problem = `${file} is not valid TOML: ${(0,parse_error/* quoted */.T)(reason, 200)} in line ${line}, column ${column}.`;
        const place = { file, line, column };
        return { kind: 'invalid', problem: (0,dependency_file/* errorAt */.O)('file-format', problem, 'Correct the line.', place) };
    }
    const positions = tomlPositions(text, key => stringAt((0,dist/* parse */.qg)(`key = ${key}`), 'key') ?? '');
    const locate = (0,position/* locator */.y)(text);
    return { kind: 'toml', file, root, originOf: (path, of) => originOf(text, file, positions, locate, path, of) };
}
/** Counts what makes a document slow to read. A real lock file of 8 MiB stays below; at the limit it takes a few seconds. */
function isTooMuch(text) {
    let values = 0;
    let dots = 0;
    for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code === DOT)
            dots++;
        else if (code === EQUALS || code === COMMA || code === BRACKET)
            values++;
    }
    return values > MOST_VALUES || dots > MOST_DOTS;
}
const [DOT, EQUALS, COMMA, BRACKET] = [0x2e, 0x3d, 0x2c, 0x5b];
const MOST_VALUES = 250_000;
const MOST_DOTS = 500_000;
function originOf(text, file, positions, locate, path, of) {
    let node = positions;
    for (const key of path) {
        const next = node.children.get(String(key));
        if (next === undefined)
            break;
        node = next;
    }
    const [start, end] = [locate(node.start), locate(node.end)];
    const place = { file, line: start.line, column: start.column };
    if (end.line !== start.line)
        return place;
    const isThere = of !== undefined && text.slice(node.start, node.end) === of;
    return { ...place, endColumn: end.column, ...(isThere ? { verbatim: true } : {}) };
}
/** Returns the place of what is wrong. */
function placeAt(document, path) {
    return document.originOf(path);
}
/** Returns what a table itself has under a key: `constructor` and `__proto__` are keys like others. */
function valueAt(table, key) {
    return Object.hasOwn(table, key) ? table[key] : undefined;
}
/** Returns the table under a key; undefined where there is none. */
function tableAt(table, key) {
    const value = valueAt(table, key);
    return isTable(value) ? value : undefined;
}
/** Returns the string under a key; undefined where there is none. */
function stringAt(table, key) {
    const value = valueAt(table, key);
    return typeof value === 'string' ? value : undefined;
}
/** Returns the array under a key; undefined where there is none. */
function arrayAt(table, key) {
    const value = valueAt(table, key);
    return Array.isArray(value) ? value : undefined;
}
/** Returns the strings in the array under a key; none where there is none. */
function stringsAt(table, key) {
    return (arrayAt(table, key) ?? []).filter(each => typeof each === 'string');
}
/** Tells whether a value is a table. */
function isTable(value) {
    return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
//# sourceMappingURL=toml.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/wheel-name.js


/** Returns the name of a wheel's file that a lock file tells, by itself or at the end of a path or URL. */
function wheelName(wheel) {
    const keys = ['name', 'filename', 'path', 'url'];
    const place = keys.map(key => stringAt(wheel, key)).find(each => each !== undefined) ?? '';
    return place.replace(/[?#][^]*$/, '').replace(/^[^]*[/\\]/, '');
}
/**
 * Tells whether a wheel of this name can be installed on CPython on Windows.
 *
 * @param pythonVersion in full; undefined where it is not known, and any version of Python 3 may be the one
 */
function fitsTarget(wheel, pythonVersion) {
    const name = wheel.toLowerCase();
    const parts = name.slice(0, -suffix.length).split('-');
    if (!name.endsWith(suffix) || parts.length < 4)
        return false;
    const tags = parts.slice(-3).join('-');
    const versions = pythonVersion === undefined ? anyPython : [pythonVersion];
    return versions.some(version => (0,wheel_tags/* fitsWindows */.q)(tags, version));
}
const suffix = '.whl';
const anyPython = Array.from({ length: 30 }, (_, minor) => `3.${minor}`);
//# sourceMappingURL=wheel-name.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/locked-package.js






/** The index that the service uses, for all that is known. */
const DEFAULT_INDEX = /^https:\/\/pypi\.org\/simple\/?$/;
/**
 * Returns what keeps a locked package out of the image, or may keep it out; undefined where nothing does. A URL is not
 * complained of: its line is checked like any other.
 */
function sourceProblem(name, source, target, place) {
    if (source.kind === 'index')
        return indexProblem(name, source, target, place);
    if (source.kind === 'url')
        return undefined;
    const problem = `The lock file takes ${(0,parse_error/* quoted */.T)(name)} from a path, and the service gets none of your files.`;
    return (0,dependency_file/* errorAt */.O)('direct-reference', problem, 'Publish the package, and lock a published version.', place);
}
function indexProblem(name, { index, wheels, hasSource }, target, place) {
    if (index !== undefined && !DEFAULT_INDEX.test(index)) {
        // The index is not quoted: its URL may hold a password.
        const problem = `The lock file takes ${(0,parse_error/* quoted */.T)(name)} from an index other than the default one, which the service cannot use.`;
        return (0,dependency_file/* errorAt */.O)('other-index', problem, 'Lock a version that the default index has.', place);
    }
    if (wheels.some(wheel => fitsTarget(wheel, target.pythonVersion)))
        return undefined;
    const problem = `The lock file has no wheel of ${(0,parse_error/* quoted */.T)(name)} for ${(0,python_target/* formatPythonTarget */.pS)(target)}`;
    const remedy = 'Lock a version that has a wheel for the target.';
    if (!hasSource)
        return (0,dependency_file/* errorAt */.O)('no-wheel', `${problem}, and no source to build it from.`, remedy, place);
    return {
        ...(0,dependency_file/* errorAt */.O)('no-wheel', `${problem}: it would have to be built from source.`, remedy, place),
        severity: 'warning',
    };
}
/** Tells whether `requires-python` takes the target's Python; undefined where that cannot be said. */
function takesPython(requiresPython, { pythonVersion }) {
    const specifiers = (0,specifier/* specifiersOf */.LJ)(requiresPython.trim());
    if (specifiers === undefined || pythonVersion === undefined)
        return undefined;
    const truths = specifiers.map(specifier => (0,version_range/* satisfies */.i)(specifier, pythonVersion));
    return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
}
//# sourceMappingURL=locked-package.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/uv-lock.js







/** A name of a package, normalised: nothing that means something to TOML or to a command line. */
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** Says what to do about a lock file that is not as it should be. */
const newLock = 'Run "uv lock", and commit the file.';
/**
 * Reads `uv.lock` as far as it must be known before uv is asked: the project, what it offers, where each package comes
 * from.
 *
 * @param text LF at the ends of lines
 * @returns undefined for the lock where uv must not be asked
 */
function readUvLock(text, file, selection, target) {
    const document = parseToml(text, file);
    if (document.kind === 'invalid')
        return { lock: undefined, problems: [document.problem] };
    const { root } = document;
    const start = { file, line: 1 };
    const refusal = (problem, remedy) => ({
        lock: undefined,
        problems: [(0,dependency_file/* errorAt */.O)('file-format', problem, remedy, start)],
    });
    if (root['version'] !== 1)
        return refusal(`${file} does not have version 1 of the format, which is the only one that is supported.`, newLock);
    const tables = (arrayAt(root, 'package') ?? []).map(each => (isTable(each) ? each : {}));
    const manifest = tableAt(root, 'manifest');
    const members = manifest === undefined ? [] : stringsAt(manifest, 'members');
    if (members.length > 1) {
        const path = ['manifest', 'members'];
        const problem = `${file} is of a workspace of several packages: ${members
            .slice(0, 10)
            .map(name => (0,parse_error/* quoted */.T)(name))
            .join(', ')}.`;
        const remedy = 'Choose one: run "uv export --package NAME --no-hashes --no-emit-workspace -o requirements.txt", and name that file in the input requirements-file.';
        return { lock: undefined, problems: [(0,dependency_file/* errorAt */.O)('file-format', problem, remedy, placeAt(document, path))] };
    }
    const at = tables.findIndex(isProject);
    const project = tables[at] && (0,named_requirement/* normalizedName */.j8)(stringAt(tables[at], 'name') ?? '');
    if (project === undefined || !NAME.test(project)) {
        return refusal(`${file} does not name its project: it has no package whose source is ".".`, newLock);
    }
    const problems = checkSelection(tables[at] ?? {}, at, selection, document);
    // uv would refuse, in words that do not say where.
    if (problems.length > 0)
        return { lock: undefined, problems };
    const lock = { file, text, project, packages: packagesIn(tables, document), problems: checkPython(document, target) };
    return { lock, problems: [] };
}
/** Tells whether this is the project at the root. */
function isProject(table) {
    const source = tableAt(table, 'source');
    return source !== undefined && ['virtual', 'editable', 'directory'].some(kind => stringAt(source, kind) === '.');
}
function checkPython(document, target) {
    const requiresPython = stringAt(document.root, 'requires-python');
    if (requiresPython === undefined || takesPython(requiresPython, target) !== false)
        return [];
    const problem = `The lock file requires Python ${(0,parse_error/* quoted */.T)(requiresPython)}, and the image has ${(0,python_target/* formatPythonTarget */.pS)(target)}.`;
    const remedy = 'Set requires-python in pyproject.toml so that it takes the Python of the image, and run "uv lock".';
    return [(0,dependency_file/* errorAt */.O)('requires-python', problem, remedy, placeAt(document, ['requires-python']))];
}
function checkSelection(table, at, { extras, dependencyGroups }, document) {
    const metadata = tableAt(table, 'metadata');
    const place = placeAt(document, ['package', at, 'name']);
    const keysAt = (parent, key) => Object.keys((parent && tableAt(parent, key)) ?? {});
    const knownExtras = [
        ...keysAt(table, 'optional-dependencies'),
        ...(metadata ? stringsAt(metadata, 'provides-extras') : []),
    ];
    const knownGroups = [...keysAt(table, 'dev-dependencies'), ...keysAt(metadata, 'requires-dev')];
    const missing = (chosen, known) => {
        const names = new Set(known.map(named_requirement/* normalizedName */.j8));
        // Whatever the lock file has, what becomes an argument must be a name.
        return chosen.filter(name => !names.has((0,named_requirement/* normalizedName */.j8)(name)) || !NAME.test((0,named_requirement/* normalizedName */.j8)(name)));
    };
    const { file } = document;
    return [
        ...missing(extras, knownExtras).map(extra => (0,dependency_file/* errorAt */.O)('unknown-extra', `${file} has no extra ${(0,parse_error/* quoted */.T)(extra)}.`, `Correct the input extras, or run "uv lock".`, place)),
        ...missing(dependencyGroups, knownGroups).map(group => (0,dependency_file/* errorAt */.O)('unknown-dependency-group', `${file} has no dependency group ${(0,parse_error/* quoted */.T)(group)}.`, 'Correct the input dependency-groups, or run "uv lock".', place)),
    ];
}
function packagesIn(tables, document) {
    const packages = new Map();
    for (const [index, table] of tables.entries()) {
        const name = (0,named_requirement/* normalizedName */.j8)(stringAt(table, 'name') ?? '');
        const origin = document.originOf(['package', index, 'name']);
        const source = tableAt(table, 'source') ?? {};
        const one = {
            version: stringAt(table, 'version'),
            origin,
            source: sourceOf(table, source),
            path: ['editable', 'directory', 'path', 'virtual']
                .map(kind => stringAt(source, kind))
                .find(each => each !== undefined),
        };
        const known = packages.get(name);
        if (known === undefined)
            packages.set(name, [one]);
        else
            known.push(one);
    }
    return packages;
}
function sourceOf(table, source) {
    if (stringAt(source, 'git') !== undefined || stringAt(source, 'url') !== undefined)
        return { kind: 'url' };
    const index = stringAt(source, 'registry');
    if (index === undefined)
        return { kind: 'path' };
    const wheels = (arrayAt(table, 'wheels') ?? []).filter(isTable).map(wheelName);
    return { kind: 'index', index, wheels, hasSource: tableAt(table, 'sdist') !== undefined };
}
//# sourceMappingURL=uv-lock.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/uv-export.js










/** How much of what uv wrote is repeated. */
const QUOTE_LIMIT = 500;
/**
 * Returns the question for uv, which reads the lock file alone: the settings in `pyproject.toml` may come from a pull
 * request, so uv gets another one, with the name of the project, which older releases need, and an empty workspace,
 * which keeps them from looking for one in the directories above. `--frozen` asks no index and builds nothing.
 */
function uvExportOf({ text, project }, { extras, dependencyGroups }) {
    const named = (option, names) => names.flatMap(name => [option, (0,named_requirement/* normalizedName */.j8)(name)]);
    return {
        args: [
            'export',
            '--frozen',
            '--no-hashes',
            '--no-emit-project',
            '--no-default-groups',
            '--no-header',
            '--no-config',
            ...named('--extra', extras),
            ...named('--group', dependencyGroups),
        ],
        files: {
            'uv.lock': text,
            'pyproject.toml': `[project]\nname = "${project}"\nversion = "0"\n\n[tool.uv.workspace]\nmembers = []\n`,
        },
    };
}
/** Reads what `uv export` has printed: what of it is for the target, and where the lock file has it. */
function readUvExport(output, lock, target) {
    const environment = {
        environment: (0,evaluate_marker/* markerEnvironment */.wp)(target),
        extras: new Set(),
        dependencyGroups: new Set(),
    };
    const byVersion = new Map(Array.from(lock.packages, ([name, each]) => each.map(one => [`${name} ${one.version}`, one])).flat());
    const byPath = new Map(Array.from(lock.packages, ([name, each]) => each.map(one => [one.path, [name, one]])).flat());
    const lines = [];
    const problems = [...lock.problems];
    for (const entry of (0,requirement_text/* entriesOf */.M)(output)) {
        if (entry.kind !== 'requirement' && entry.kind !== 'path-or-url') {
            problems.push(notRequirement(entry.text, 'It does not name a package.', { file: lock.file, line: 1 }));
            continue;
        }
        const marker = entry.marker === undefined ? true : reduceMarker(entry.marker, environment);
        if (marker === false)
            continue;
        const [name, locked] = lockedFor(entry, lock, byVersion, byPath);
        const origin = locked?.origin ?? { file: lock.file, line: 1, column: 1 };
        // A line without a name is a path.
        const source = entry.kind === 'path-or-url' ? { kind: 'path' } : locked?.source;
        const problem = source && sourceProblem(name, source, target, origin);
        if (problem !== undefined)
            problems.push(problem);
        // That is a problem already.
        if (source?.kind === 'path')
            continue;
        const text = withoutMarker(entry);
        const line = marker === true ? text : `${text} ; ${(0,grammar_marker/* canonicalMarker */.Z)(marker)}`;
        const again = (0,requirement_text/* requirementOf */.h)(line);
        if ('fault' in again)
            problems.push(notRequirement(line, again.fault, origin));
        else
            lines.push({ text: line, origin });
    }
    return { lines, problems };
}
/** Returns the name of a line's package, and what the lock file has of it. */
function lockedFor(entry, { packages }, byVersion, byPath) {
    if (entry.kind === 'path-or-url') {
        // `-e ./lib` does not tell the name.
        return byPath.get(entry.target.replace(/^\.\//, '')) ?? [entry.shown, undefined];
    }
    const { normalizedName: name } = entry;
    const version = entry.specifiers[0]?.version;
    return [name, byVersion.get(`${name} ${version}`) ?? packages.get(name)?.[0]];
}
function notRequirement(line, fault, place) {
    return (0,dependency_file/* errorAt */.O)('syntax', `${(0,parse_error/* quoted */.T)(line, 200)} is not a requirement. ${fault}`, newLock, place);
}
/** The line up to its marker, as uv writes it. */
function withoutMarker({ text, marker }) {
    return marker === undefined ? text : text.slice(0, text.indexOf(' ;')).trimEnd();
}
/** Returns the problem that there is no uv. */
function uvMissing(file) {
    const problem = `${file} can only be read by uv, and there is no uv on the search path.`;
    const remedy = `Add a step with "uses: astral-sh/setup-uv" before this one, or ${EXPORT_INSTEAD}`;
    return (0,dependency_file/* errorAt */.O)('file-format', problem, remedy, { file, line: 1 });
}
/** Returns the problem that uv did not run to its end. */
function uvNotRun(why, file) {
    const problem = `uv could not read ${file}: ${quotedWords(why)}.`;
    return (0,dependency_file/* errorAt */.O)('file-format', problem, `Run the job again, or ${EXPORT_INSTEAD}`, { file, line: 1 });
}
const EXPORT_INSTEAD = 'run "uv export --no-hashes --no-emit-project --no-default-groups -o requirements.txt" and name that file in the input requirements-file.';
/** Returns the problem that `uv export` has failed. */
function uvExportFailed(errors, file) {
    const place = { file, line: 1 };
    if (/unexpected argument '--/.test(errors)) {
        return (0,dependency_file/* errorAt */.O)('file-format', `This uv is too old to read ${file}.`, 'Install a newer uv: 0.5.23 or later.', place);
    }
    return (0,dependency_file/* errorAt */.O)('file-format', `uv cannot read ${file}: ${quotedWords(errors)}.`, newLock, place);
}
function quotedWords(text) {
    return (0,parse_error/* quoted */.T)((0,redact/* redactUrls */.s)(text).replace(/\s+/g, ' ').trim(), QUOTE_LIMIT);
}
//# sourceMappingURL=uv-export.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/export-uv-lock.js




/** In ms; uv needs a fraction of a second. */
const TIME_LIMIT = 60_000;
/**
 * Reads `uv.lock` with uv, which gets nothing but the lock file, asks no index and starts no Python.
 *
 * @param text LF at the ends of lines
 * @throws the signal's reason, with nothing left running
 */
async function exportUvLock(text, file, selection, target, tools, signal) {
    const { lock, problems } = readUvLock(text, file, selection, target);
    const nothing = (problem) => ({ lines: [], problems: [problem] });
    if (lock === undefined)
        return { lines: [], problems };
    signal.throwIfAborted();
    const limit = (0,clock/* startDeadline */.db)(TIME_LIMIT, tools.clock);
    const stop = AbortSignal.any([signal, limit.signal]);
    try {
        const program = await (0,clock/* orStopped */.tA)(tools.find('uv'), stop);
        if (program === undefined)
            return nothing(uvMissing(file));
        return await tools.withDirectory(async (directory) => {
            const { args, files } = uvExportOf(lock, selection);
            for (const [name, content] of Object.entries(files))
                await directory.write(name, content);
            // Of settings there are none: a file that a variable names is read in spite of `--no-config`.
            const variables = Object.entries(await (0,clock/* orStopped */.tA)(tools.environment(), stop));
            const environment = {
                ...(0,resolver/* environmentIn */.XD)(directory, Object.fromEntries(variables.filter(([name]) => !/^(?:UV|PIP)_/i.test(name)))),
                UV_CACHE_DIR: 'cache',
                UV_OFFLINE: '1',
                UV_PYTHON_DOWNLOADS: 'never',
                UV_NO_PROGRESS: '1',
            };
            const ended = await tools.run({ program, args, directory: directory.path, environment }, stop);
            return ended.code === 0
                ? readUvExport(ended.output, lock, target)
                : nothing(ended.code === undefined ? uvNotRun(ended.errors, file) : uvExportFailed(ended.errors, file));
        });
    }
    catch (error) {
        if (limit.signal.aborted && !signal.aborted)
            return nothing(uvNotRun(`no end within ${TIME_LIMIT / 1000} s`, file));
        // All files that are touched here are those of the directory.
        if (error instanceof Error && 'syscall' in error)
            return nothing(uvNotRun(error.message, file));
        throw error;
    }
    finally {
        limit.clear();
    }
}
//# sourceMappingURL=export-uv-lock.js.map
// EXTERNAL MODULE: ./build/src/requirements/grammar/version.js
var grammar_version = __webpack_require__(8220);
;// CONCATENATED MODULE: ./build/src/requirements/formats/pylock.js












const NEW_LOCK = 'Lock the project again with the tool that wrote the file.';
/**
 * Reads `pylock.toml`, the lock file of several tools: what it installs on the target. Chosen groups take the place of the
 * default ones. https://packaging.python.org/en/latest/specifications/pylock-toml/
 *
 * @param text LF at the ends of lines
 */
function readPylock(text, file, selection, target) {
    const document = parseToml(text, file);
    if (document.kind === 'invalid')
        return { lines: [], problems: [document.problem] };
    const { root } = document;
    const { dependencyGroups: chosenGroups } = selection;
    const lock = {
        environment: (0,evaluate_marker/* markerEnvironment */.wp)(target),
        extras: namesOf(selection.extras),
        dependencyGroups: namesOf(chosenGroups.length > 0 ? chosenGroups : stringsAt(root, 'default-groups')),
    };
    const reading = { document, target, lock, lines: [], problems: [] };
    checkHead(root, selection, reading);
    const chosen = new Set();
    for (const [index, item] of (arrayAt(root, 'packages') ?? []).entries()) {
        if (isTable(item))
            readPackage(item, ['packages', index], chosen, reading);
        else
            tell('file-format', 'This is not a table of a package.', NEW_LOCK, ['packages', index], reading);
    }
    const { lines, problems } = reading;
    return { lines, problems };
}
function namesOf(names) {
    return new Set(names.map(named_requirement/* normalizedName */.j8));
}
function tell(id, problem, remedy, path, reading) {
    reading.problems.push((0,dependency_file/* errorAt */.O)(id, problem, remedy, placeAt(reading.document, path)));
}
function checkHead(root, { extras, dependencyGroups }, reading) {
    const { file } = reading.document;
    const version = stringAt(root, 'lock-version');
    if (version === undefined || !/^1(?:\.\d+)*$/.test(version)) {
        const what = version === undefined ? `has no lock-version` : `has lock-version ${(0,parse_error/* quoted */.T)(version)}`;
        tell('file-format', `${file} ${what}, but only version 1 is supported.`, NEW_LOCK, ['lock-version'], reading);
    }
    if (arrayAt(root, 'packages') === undefined) {
        tell('file-format', `${file} has no packages.`, NEW_LOCK, ['packages'], reading);
    }
    pylock_checkPython(root, [], 'The lock file', reading);
    checkEnvironments(root, reading);
    const knownExtras = namesOf(stringsAt(root, 'extras'));
    for (const extra of extras) {
        if (knownExtras.has((0,named_requirement/* normalizedName */.j8)(extra)))
            continue;
        tell('unknown-extra', `${file} has no extra ${(0,parse_error/* quoted */.T)(extra)}.`, 'Correct the input extras.', ['extras'], reading);
    }
    const groups = namesOf([...stringsAt(root, 'dependency-groups'), ...stringsAt(root, 'default-groups')]);
    for (const group of dependencyGroups) {
        if (groups.has((0,named_requirement/* normalizedName */.j8)(group)))
            continue;
        const problem = `${file} has no dependency group ${(0,parse_error/* quoted */.T)(group)}.`;
        tell('unknown-dependency-group', problem, 'Correct the input dependency-groups.', ['dependency-groups'], reading);
    }
}
function pylock_checkPython(table, path, what, reading) {
    const requiresPython = stringAt(table, 'requires-python');
    if (requiresPython === undefined || takesPython(requiresPython, reading.target) !== false)
        return;
    const problem = `${what} requires Python ${(0,parse_error/* quoted */.T)(requiresPython)}, and the image has ${(0,python_target/* formatPythonTarget */.pS)(reading.target)}.`;
    tell('requires-python', problem, 'Lock the project again for the Python of the image.', [...path, 'requires-python'], reading);
}
/** The environments that the file is for, one of which must be the target. */
function checkEnvironments(root, reading) {
    const environments = stringsAt(root, 'environments');
    const isNone = (text) => {
        const marker = markerIn(text);
        return marker !== undefined && reduceMarker(marker, reading.lock) === false;
    };
    if (environments.length === 0 || !environments.every(isNone))
        return;
    const problem = `The lock file is not for ${(0,python_target/* formatPythonTarget */.pS)(reading.target)}: none of its environments is that one.`;
    tell('file-format', problem, 'Add that environment in the settings of the tool that wrote the file, and lock the project again.', ['environments'], reading);
}
function readPackage(table, path, chosen, reading) {
    const { document, target, lines, problems } = reading;
    const namePath = [...path, 'name'];
    const name = stringAt(table, 'name');
    const marker = markerOf(table, path, reading);
    if (marker === false)
        return;
    if (name === undefined)
        return tell('file-format', 'A package has no name.', NEW_LOCK, path, reading);
    pylock_checkPython(table, path, `The package ${(0,parse_error/* quoted */.T)(name)}`, reading);
    const source = pylock_sourceOf(table);
    if (source === undefined) {
        const problem = `The package ${(0,parse_error/* quoted */.T)(name)} has no source, or several.`;
        return tell('file-format', problem, NEW_LOCK, path, reading);
    }
    const key = (0,named_requirement/* normalizedName */.j8)(name);
    // What remains to be decided may exclude the other.
    if (marker === true) {
        if (chosen.has(key)) {
            const problem = `The lock file installs ${(0,parse_error/* quoted */.T)(name)} twice on the target.`;
            return tell('file-format', problem, NEW_LOCK, namePath, reading);
        }
        chosen.add(key);
    }
    const problem = sourceProblem(name, source, target, placeAt(document, namePath));
    if (problem !== undefined)
        problems.push(problem);
    const text = lineOf(name, table);
    if (text === undefined) {
        // That is a problem already.
        if (source.kind === 'path')
            return;
        return tell('file-format', `The package ${(0,parse_error/* quoted */.T)(name)} has no version.`, NEW_LOCK, namePath, reading);
    }
    const line = marker === true ? text : `${text} ; ${(0,grammar_marker/* canonicalMarker */.Z)(marker)}`;
    const entry = (0,requirement_text/* requirementOf */.h)(line);
    if ('fault' in entry) {
        return tell('syntax', `${(0,parse_error/* quoted */.T)(line, 200)} is not a requirement. ${entry.fault}`, NEW_LOCK, namePath, reading);
    }
    lines.push({ text: line, origin: document.originOf(namePath) });
}
/** Whether the package is wanted, or under which condition that only the image decides. */
function markerOf(table, path, reading) {
    const text = stringAt(table, 'marker');
    if (text === undefined)
        return true;
    const parsed = markerIn(text);
    const marker = parsed && reduceMarker(parsed, reading.lock);
    if (marker !== undefined && (typeof marker === 'boolean' || !namesSelection(marker)))
        return marker;
    tell('syntax', `${(0,parse_error/* quoted */.T)(text, 200)} is not a marker.`, NEW_LOCK, [...path, 'marker'], reading);
    return false;
}
/** Where the package comes from; undefined where it does not say so in the one way. */
function pylock_sourceOf(table) {
    const [vcs, directory, archive] = ['vcs', 'directory', 'archive'].map(key => tableAt(table, key));
    const sdist = tableAt(table, 'sdist');
    const wheels = arrayAt(table, 'wheels')?.filter(isTable) ?? [];
    const isPublished = sdist !== undefined || wheels.length > 0;
    if ([vcs, directory, archive].filter(each => each !== undefined).length + Number(isPublished) !== 1)
        return undefined;
    if (vcs !== undefined)
        return { kind: stringAt(vcs, 'url') === undefined ? 'path' : 'url' };
    if (directory !== undefined)
        return { kind: 'path' };
    if (archive !== undefined)
        return { kind: stringAt(archive, 'url') === undefined ? 'path' : 'url' };
    return {
        kind: 'index',
        index: stringAt(table, 'index'),
        wheels: wheels.map(wheelName),
        hasSource: sdist !== undefined,
    };
}
/** The package as pip writes it. */
function lineOf(name, table) {
    const vcs = tableAt(table, 'vcs');
    const archive = tableAt(table, 'archive');
    const from = (vcs && stringAt(vcs, 'url')) ?? (archive && stringAt(archive, 'url'));
    if (from === undefined) {
        const version = stringAt(table, 'version');
        const isPath = vcs !== undefined || archive !== undefined || valueAt(table, 'directory') !== undefined;
        return version === undefined || isPath || !(0,grammar_version/* isVersion */.l)(version) ? undefined : `${name}==${version}`;
    }
    if (vcs === undefined)
        return `${name} @ ${from}`;
    const [type = 'git', commit = ''] = [stringAt(vcs, 'type'), stringAt(vcs, 'commit-id')];
    return `${name} @ ${type}+${from}${commit === '' ? '' : `@${commit}`}`;
}
//# sourceMappingURL=pylock.js.map
// EXTERNAL MODULE: ./build/src/requirements/findings/hint.js
var hint = __webpack_require__(1792);
;// CONCATENATED MODULE: ./build/src/requirements/formats/pyproject-lists.js







/** Limits of extras and groups that name each other, far above what a project has; the last is in characters. */
const MOST_LISTS = 1000;
const MOST_NESTED = 100;
const MOST_READ = 4 * 1024 * 1024;
/** Holds what is known of a list that no other one has led to. */
const START = { marker: undefined, depth: 0, length: 0 };
/** Reads an extra, once for each marker, for what is at the path of `asking`. */
function readExtra(extra, asking, reading) {
    const { document, extras, problems } = reading;
    const key = extras.get((0,named_requirement/* normalizedName */.j8)(extra));
    if (key !== undefined) {
        return readList({ ...asking, path: ['project', 'optional-dependencies', key] }, reading);
    }
    const known = [...extras.values()];
    const problem = `${document.file} has no extra ${(0,parse_error/* quoted */.T)(extra)}. ${known.length === 0 ? 'It has no extras.' : `It has ${listed(known)}.`}`;
    problems.push((0,dependency_file/* errorAt */.O)('unknown-extra', problem, 'Correct the input extras.', placeAt(document, asking.path)));
}
/** Returns the first names, quoted. */
function listed(names) {
    const shown = names.slice(0, 10).map(name => (0,parse_error/* quoted */.T)(name));
    return names.length > shown.length ? `${shown.join(', ')} and more` : shown.join(', ');
}
/** Reads an array of requirements. */
function readList(list, reading) {
    if (!isNew(list, reading))
        return;
    const { path } = list;
    for (const [index, item] of itemsAt(path, reading).entries()) {
        if (typeof item === 'string')
            readRequirement(item, { ...list, path: [...path, index] }, reading);
        else
            reading.problems.push(notText([...path, index], reading));
    }
}
/** Remembers a list; false where it was read before, or where there are too many. */
function isNew({ path, marker, depth, length }, reading) {
    const { known } = reading;
    if (pyproject_lists_isTooMuch(path, length, reading))
        return false;
    const key = `${path.join('\0')}\0${marker === undefined ? '' : (0,grammar_marker/* canonicalMarker */.Z)(marker)}`;
    if (known.has(key))
        return false;
    if (known.size === MOST_LISTS || depth > MOST_NESTED) {
        reading.read = Infinity;
        return !pyproject_lists_isTooMuch(path, 0, reading);
    }
    known.add(key);
    return true;
}
const TOO_OFTEN = 'The extras and groups of this file include each other too often.';
/** Adds to what was read, and tells whether it is too much by now, which is a problem once. */
function pyproject_lists_isTooMuch(path, length, reading) {
    const { document, problems } = reading;
    reading.read += length;
    if (reading.read <= MOST_READ)
        return false;
    if (problems.every(each => each.problem !== TOO_OFTEN)) {
        problems.push((0,dependency_file/* errorAt */.O)('file-format', TOO_OFTEN, 'Write the requirements down once.', placeAt(document, path)));
    }
    return true;
}
/** Returns what a list holds; that it is none is a problem. */
function itemsAt(path, reading) {
    const { document } = reading;
    let table = document.root;
    for (const key of path.slice(0, -1))
        table = table && tableAt(table, String(key));
    const items = table && arrayAt(table, String(path.at(-1)));
    if (items === undefined) {
        const problem = `${(0,parse_error/* quoted */.T)(path.join('.'))} is not a list.`;
        reading.problems.push((0,dependency_file/* errorAt */.O)('file-format', problem, 'Write a list of texts.', placeAt(document, path)));
    }
    return items ?? [];
}
/** Returns the problem that an item is no text. */
function notText(path, { document }) {
    const problem = 'This is not the text of a requirement.';
    return (0,dependency_file/* errorAt */.O)('syntax', problem, 'Write a text such as "numpy>=1.26".', placeAt(document, path));
}
/** Reads a requirement: the project's own extras lead to further lists, and the rest are lines. */
function readRequirement(text, { path, marker: outer, depth, length }, reading) {
    const { document, lines, problems, name } = reading;
    if (pyproject_lists_isTooMuch(path, text.length + length, reading))
        return;
    const entry = (0,requirement_text/* requirementOf */.h)(text);
    if ('fault' in entry) {
        const problem = `${(0,parse_error/* quoted */.T)(text, 200)} is not a requirement. ${entry.fault}`;
        problems.push((0,dependency_file/* errorAt */.O)('syntax', problem, (0,hint/* hintFor */.J)(text)?.text ?? 'Correct it.', placeAt(document, path)));
        return;
    }
    const marker = both(outer, entry.marker);
    if (entry.normalizedName === name && entry.url === undefined) {
        const asking = { path, marker, depth: depth + 1, length: length + text.length };
        for (const extra of entry.extras)
            readExtra(extra, asking, reading);
        return;
    }
    checkSource(entry, path, reading);
    const line = outer === undefined ? text.trim() : withMarker(entry, marker);
    const origin = document.originOf(path, line);
    lines.push({ text: line, origin });
}
function both(one, other) {
    if (one === undefined || other === undefined)
        return one ?? other;
    // A combination never holds one of its own kind.
    return { kind: 'and', terms: [one, other].flatMap(each => (each.kind === 'and' ? each.terms : [each])) };
}
function withMarker({ name, extras, specifiers, url }, marker) {
    const extrasPart = extras.length === 0 ? '' : `[${extras.join(',')}]`;
    const where = url === undefined ? specifiers.map(each => each.operator + each.version).join(',') : ` @ ${url}`;
    return `${name}${extrasPart}${where}${marker === undefined ? '' : ` ; ${(0,grammar_marker/* canonicalMarker */.Z)(marker)}`}`;
}
/** What uv takes from elsewhere, by a table that pip does not know. */
function checkSource({ normalizedName: name }, path, reading) {
    const key = reading.sources.get(name);
    if (key === undefined)
        return;
    const problem = `[tool.uv.sources] gives another source for ${(0,parse_error/* quoted */.T)(name)}, but the service installs it from its own index.`;
    const remedy = 'Check that the public index has the version that you want, or remove the source.';
    const place = placeAt(reading.document, path);
    reading.problems.push({ ...(0,dependency_file/* errorAt */.O)('direct-reference', problem, remedy, place), severity: 'warning' });
}
//# sourceMappingURL=pyproject-lists.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/dependency-groups.js





/** Reads a group and what it includes: https://peps.python.org/pep-0735/ `parents` are those that include it. */
function readGroup(group, asking, parents, reading) {
    const { document, groups, problems } = reading;
    const name = (0,named_requirement/* normalizedName */.j8)(group);
    const key = groups.get(name);
    const isCycle = parents.includes(name);
    if (key === undefined || isCycle) {
        const place = placeAt(document, asking);
        problems.push(isCycle ? cycle([...parents.slice(parents.indexOf(name)), name], place) : unknown(group, place, parents, reading));
        return;
    }
    const path = ['dependency-groups', key];
    if (!isNew({ ...START, path, depth: parents.length }, reading))
        return;
    for (const [index, item] of itemsAt(path, reading).entries()) {
        const itemPath = [...path, index];
        if (typeof item === 'string') {
            readRequirement(item, { ...START, path: itemPath }, reading);
            continue;
        }
        const included = isTable(item) && Object.keys(item).length === 1 ? stringAt(item, 'include-group') : undefined;
        if (included === undefined)
            problems.push(notText(itemPath, reading));
        else
            readGroup(included, [...itemPath, 'include-group'], [...parents, name], reading);
    }
}
function cycle(names, place) {
    const shown = names.length > 10 ? [...names.slice(0, 5), '…', ...names.slice(-4)] : names;
    const problem = `The dependency group includes itself: ${shown.join(' → ')}.`;
    return (0,dependency_file/* errorAt */.O)('file-format', problem, 'Remove one of the include-group entries that lead in a circle.', place);
}
function unknown(group, place, parents, { document, groups }) {
    const known = [...groups.values()];
    const problem = `${document.file} has no dependency group ${(0,parse_error/* quoted */.T)(group)}. ${known.length === 0 ? 'It has none.' : `It has ${listed(known)}.`}`;
    const remedy = parents.length === 0 ? 'Correct the input dependency-groups.' : 'Correct include-group.';
    return (0,dependency_file/* errorAt */.O)('unknown-dependency-group', problem, remedy, place);
}
//# sourceMappingURL=dependency-groups.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/pyproject.js








/**
 * Reads `pyproject.toml`: `[project] dependencies`, the chosen extras and the chosen dependency groups. Markers stay, for
 * this is no lock file. What a project asks of itself is not asked of an index: `app[plot]` is the extra `plot`.
 *
 * @param text LF at the ends of lines
 */
function readPyproject(text, file, { extras, dependencyGroups }, target) {
    const document = parseToml(text, file);
    if (document.kind === 'invalid')
        return { lines: [], problems: [document.problem] };
    const { root } = document;
    const project = tableAt(root, 'project');
    const name = project && stringAt(project, 'name');
    const reading = {
        document,
        name: name === undefined ? undefined : (0,named_requirement/* normalizedName */.j8)(name),
        extras: keysByName(project && tableAt(project, 'optional-dependencies')),
        groups: keysByName(tableAt(root, 'dependency-groups')),
        lines: [],
        problems: [],
        known: new Set(),
        sources: keysByName(sourcesIn(root)),
        read: 0,
    };
    const { problems } = reading;
    if (project === undefined) {
        if (dependencyGroups.length === 0)
            problems.push(noProject(document));
    }
    else {
        const dynamic = stringsAt(project, 'dynamic');
        pyproject_checkPython(project, target, reading);
        if (dynamic.includes('dependencies'))
            problems.push(isDynamic('dependencies', document));
        else if (valueAt(project, 'dependencies') !== undefined) {
            readList({ path: ['project', 'dependencies'], ...START }, reading);
        }
        if (extras.length > 0 && dynamic.includes('optional-dependencies')) {
            problems.push(isDynamic('optional-dependencies', document));
            return { lines: reading.lines, problems };
        }
    }
    for (const extra of extras)
        readExtra(extra, { path: ['project', 'optional-dependencies'], ...START }, reading);
    for (const group of dependencyGroups)
        readGroup(group, ['dependency-groups'], [], reading);
    return { lines: reading.lines, problems };
}
function keysByName(table) {
    return new Map(Object.keys(table ?? {}).map(key => [(0,named_requirement/* normalizedName */.j8)(key), key]));
}
function sourcesIn(root) {
    const tool = tableAt(root, 'tool');
    const uv = tool && tableAt(tool, 'uv');
    return uv && tableAt(uv, 'sources');
}
function noProject(document) {
    const { file, root } = document;
    const tool = tableAt(root, 'tool');
    const isPoetry = tool !== undefined && tableAt(tool, 'poetry') !== undefined;
    const problem = `${file} has no [project] table, which names the dependencies.`;
    const remedy = isPoetry
        ? 'Poetry keeps them in a table of its own: run "poetry export --without-hashes -o requirements.txt", and name that file in the input requirements-file.'
        : 'Add [project] with name, version and dependencies, or choose a group with the input dependency-groups.';
    return (0,dependency_file/* errorAt */.O)('file-format', problem, remedy, placeAt(document, ['tool', 'poetry']));
}
function isDynamic(field, document) {
    const { file } = document;
    const problem = `${file} has "${field}" in project.dynamic, so only a build of the project knows them, and this action builds nothing.`;
    const remedy = `Write them into [project], or run "uv pip compile ${file} -o requirements.txt", and name that file in the input requirements-file.`;
    return (0,dependency_file/* errorAt */.O)('file-format', problem, remedy, placeAt(document, ['project', 'dynamic']));
}
function pyproject_checkPython(project, target, { document, problems }) {
    const requiresPython = stringAt(project, 'requires-python');
    if (requiresPython === undefined || takesPython(requiresPython, target) !== false)
        return;
    const problem = `The project requires Python ${(0,parse_error/* quoted */.T)(requiresPython)}, and the image has ${(0,python_target/* formatPythonTarget */.pS)(target)}.`;
    const remedy = 'Build on a Python that the project supports, or correct requires-python.';
    const place = placeAt(document, ['project', 'requires-python']);
    problems.push({ ...(0,dependency_file/* errorAt */.O)('requires-python', problem, remedy, place), severity: 'warning' });
}
//# sourceMappingURL=pyproject.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/recognize.js


/** Enough to know a format by. */
const LINES = 200;
const LINE_LENGTH = 500;
const FREEZE = 'Run "python -m pip list --format=freeze > requirements.txt" in that environment, and commit the file.';
/** By lines like this one, which are more than half. */
function mostly(pattern) {
    return (_, significant) => {
        const matching = significant.filter(({ text }) => pattern.test(text));
        return matching.length * 2 > significant.length ? matching[0]?.index : undefined;
    };
}
/** By one such line among all, comments included. */
function somewhere(pattern) {
    return lines => foundAt(lines.findIndex(line => pattern.test(line)));
}
/** By the first line that means something. */
function first(pattern) {
    return (_, [line]) => (line !== undefined && pattern.test(line.text) ? line.index : undefined);
}
function foundAt(index) {
    return index === -1 ? undefined : index;
}
/** A header of a table, which no requirement looks like. */
const TABLE = /^\[\[?\s*(?:[A-Za-z0-9_-]+|"[^"]*")(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"))*\s*\]\]?\s*(?:#.*)?$/;
/** A TOML file by one of its headers, or all of them by any. */
function toml(header, beside) {
    return lines => {
        const index = lines.findIndex(line => TABLE.test(line) && (header === undefined || header.test(line)));
        return index === -1 || (beside !== undefined && !lines.some(line => beside.test(line))) ? undefined : index;
    };
}
/** The more special ones first. */
const FORMATS = [
    {
        name: 'a list of conda packages, "name=version=build", which pip does not read',
        remedy: FREEZE,
        find: mostly(/^[A-Za-z0-9_.-]+={1,2}[^=<>~\s;#]+=[^=\s]+$/),
    },
    {
        name: 'a list of conda packages by their URLs, which pip does not read',
        remedy: FREEZE,
        find: somewhere(/^@EXPLICIT$/),
    },
    {
        name: 'the table that "conda list" prints, and not a requirements file',
        remedy: FREEZE,
        find: (lines, [line]) => /^\S+\s+\S+\s+\S+/.test(line?.text ?? '') && lines.some(each => each.startsWith('# packages in environment at '))
            ? line?.index
            : undefined,
    },
    {
        name: 'an environment file of conda, and not a requirements file',
        remedy: FREEZE,
        find: (lines, significant) => {
            const isYaml = significant.some(({ text }) => /^(?:- |(?:name|channels|prefix):)/.test(text));
            return isYaml ? foundAt(lines.findIndex(line => /^dependencies:\s*(?:#.*)?$/.test(line))) : undefined;
        },
    },
    {
        name: 'the table that "pip list" prints, and not a requirements file',
        remedy: 'Run "python -m pip list --format=freeze > requirements.txt", and commit the file.',
        find: (_, [header, rule]) => /^Package\s+Version\b/.test(header?.text ?? '') && /^-+\s+-+/.test(rule?.text ?? '') ? header?.index : undefined,
    },
    {
        name: 'JSON, and not a requirements file',
        remedy: 'Write one requirement a line: "python -m pip list --format=freeze" prints them so, and "pipenv requirements" of a Pipfile.lock.',
        find: first(/^(?:\{|\[(?:$|\s*[{"\]]))/),
    },
    {
        name: 'a lock file of Poetry, which is not read here',
        remedy: 'Run "poetry export --without-hashes -o requirements.txt", and name that file in the input requirements-file.',
        find: toml(/^\[\[package\]\]/, /^content-hash\s*=|generated by Poetry/),
    },
    {
        name: 'a lock file of PDM, which is not read here',
        remedy: 'Run "pdm export --without-hashes -o requirements.txt", and name that file in the input requirements-file.',
        find: toml(/^\[\[package\]\]/, /^content_hash\s*=|generated by PDM/),
    },
    {
        name: 'a lock file of uv under another name',
        remedy: 'Name the file uv.lock.',
        find: toml(/^\[\[package\]\]/, /^version\s*=\s*1\s*$/),
    },
    {
        name: 'a lock file in the format of pylock.toml under another name',
        remedy: 'Name the file pylock.toml, or pylock.NAME.toml.',
        find: toml(/^\[\[packages\]\]/),
    },
    {
        name: 'a Pipfile, which is not read here',
        remedy: 'Run "pipenv requirements > requirements.txt", and name that file in the input requirements-file.',
        find: toml(/^\[(?:packages|dev-packages)\]/),
    },
    {
        name: 'a pyproject.toml under another name',
        remedy: 'Name the file pyproject.toml.',
        find: toml(/^\[(?:project|build-system|dependency-groups|tool\.)/),
    },
    {
        name: 'TOML, and not a requirements file',
        remedy: 'Write one requirement a line, such as "numpy==1.26.4".',
        find: toml(),
    },
    {
        name: 'a list with bullets, which pip does not read',
        remedy: `Remove the bullets: run "sed -i 's/^[[:space:]]*[-*+][[:space:]]*//'" on the file.`,
        find: mostly(/^[-*+•]\s+["']?[A-Za-z0-9]/),
    },
];
/** Recognises files in the formats of other tools among those that the requirements were read from. */
function recognizeFormats({ text, origins }) {
    const byFile = new Map();
    for (const [index, line] of text.split('\n').entries()) {
        const origin = origins[index];
        if (origin === undefined || origin.line > LINES)
            continue;
        const lines = byFile.get(origin.file) ?? [];
        // A file that is included twice is looked at once; lines that include others are empty here.
        lines[origin.line - 1] ??= line;
        byFile.set(origin.file, lines);
    }
    return Array.from(byFile, ([file, lines]) => recognizeFormat(lines, file)).filter(each => each !== undefined);
}
/** Recognises a file in the format of another tool; undefined for what may be a requirements file. @internal */
function recognizeFormat(text, file) {
    const lines = Array.from(text.slice(0, LINES), (line = '') => line.slice(0, LINE_LENGTH).trimEnd());
    const significant = lines.flatMap((line, index) => {
        const trimmed = line.trim();
        return trimmed === '' || trimmed.startsWith('#') ? [] : [{ text: trimmed, index }];
    });
    for (const { name, remedy, find } of FORMATS) {
        const index = find(lines, significant);
        if (index === undefined)
            continue;
        const problem = `${file} is ${name}: ${(0,parse_error/* quoted */.T)(lines[index]?.trim() ?? '')} in line ${index + 1}.`;
        return (0,dependency_file/* errorAt */.O)('file-format', problem, remedy, { file, line: index + 1 });
    }
    return undefined;
}
//# sourceMappingURL=recognize.js.map
;// CONCATENATED MODULE: ./build/src/requirements/formats/read-dependency-file.js








/** So many are listed, as of findings of a kind. */
const MOST_PROBLEMS = 10_000;
/**
 * Reads the file at `path`, which is relative to the workspace or absolute within it: what it asks for on the target.
 *
 * @returns with the file's name, relative to the workspace
 * @throws Failure `workspace-not-found`; ReadFailure where the file cannot be read; the signal's reason
 */
async function readDependencyFile(kind, path, selection, target, { files, tools, signal }) {
    const { name: file, text } = await (0,workspace_guard/* readWorkspaceFile */.sL)(path, kind === 'pyproject' ? read_failure/* SIZE_LIMIT */.uE : read_failure/* LOCK_SIZE_LIMIT */.ww, files);
    const { lines, problems } = kind === 'uv-lock'
        ? await exportUvLock(text, file, selection, target, await tools(), signal)
        : (kind === 'pylock' ? readPylock : readPyproject)(text, file, selection, target);
    const unlisted = problems[MOST_PROBLEMS];
    if (unlisted === undefined)
        return { file, lines, problems };
    const problem = `There are ${problems.length - MOST_PROBLEMS} more problems; they are not listed.`;
    const rest = (0,dependency_file/* errorAt */.O)('file-format', problem, 'Correct the others first.', unlisted.place);
    return { file, lines, problems: [...problems.slice(0, MOST_PROBLEMS), rest] };
}
//# sourceMappingURL=read-dependency-file.js.map

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
