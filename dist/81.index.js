export const id = 81;
export const ids = [81];
export const modules = {

/***/ 3081:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readQueryFiles: () => (/* binding */ readQueryFiles)
});

;// CONCATENATED MODULE: ./build/src/requirements/file/match-files.js
/** Limits what is looked at for the patterns of one input, and how deep. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 20;
/** Tells that a pattern leads to more than is looked at. */
class TooManyFiles extends Error {
}
/**
 * Returns the paths of the files that match a pattern, relative to the directory, in their order: `*` and `?` stand for
 * characters of a name, `**` for any number of directories. Links to directories and names that begin with a dot are passed
 * over.
 * @param directory absolute, without symbolic links.
 * @throws TooManyFiles
 */
async function matchFiles(segments, directory, files) {
    const found = [];
    let count = 0;
    const walk = async (at, prefix, rests, depth) => {
        for (const { name, isDirectory } of await files.list(at)) {
            if (++count > MOST_ENTRIES || depth > DEEPEST)
                throw new TooManyFiles();
            if (name.startsWith('.'))
                continue;
            const after = rests.flatMap(rest => step(rest, name));
            if (isDirectory) {
                const open = after.filter(rest => rest.length > 0);
                if (open.length > 0)
                    await walk(files.path.resolve(at, name), `${prefix}${name}/`, unique(open), depth + 1);
            }
            else if (after.some(rest => rest.every(each => each === '**')))
                found.push(`${prefix}${name}`);
        }
    };
    await walk(directory, '', [segments], 1);
    return found.sort();
}
/** What remains of a pattern after a name. */
function step([first, ...rest], name) {
    if (first === undefined)
        return [];
    if (first !== '**')
        return matches(first, name) ? [rest] : [];
    return [[first, ...rest], ...step(rest, name)];
}
function unique(rests) {
    return [...new Map(rests.map(rest => [rest.join('/'), rest])).values()];
}
/** Tells whether a name matches a segment, in time that grows with both: a star is tried again only from the last one on. */
function matches(pattern, name) {
    let [at, star, from] = [0, -1, 0];
    for (let index = 0; index < name.length;) {
        if (pattern[at] === '*') {
            star = at++;
            from = index;
        }
        else if (pattern[at] === '?' || pattern[at] === name[index]) {
            at++;
            index++;
        }
        else if (star !== -1) {
            at = star + 1;
            index = ++from;
        }
        else
            return false;
    }
    return /^\**$/.test(pattern.slice(at));
}
/** Tells whether a segment of a path stands for several names. */
function isPattern(segment) {
    return /[*?]/.test(segment);
}
//# sourceMappingURL=match-files.js.map
// EXTERNAL MODULE: ./build/src/requirements/file/read-failure.js
var read_failure = __webpack_require__(4010);
// EXTERNAL MODULE: ./build/src/requirements/file/workspace-guard.js
var workspace_guard = __webpack_require__(6896);
// EXTERNAL MODULE: ./build/src/requirements/grammar/parse-error.js
var parse_error = __webpack_require__(5144);
;// CONCATENATED MODULE: ./build/src/verification/query-file.js





/** Limits the queries of one run, which are asked one after the other, up to three times each. */
const mostQueries = 50;
/**
 * Reads the queries that paths and patterns name, each once, in their order.
 * @throws {Failure} when one cannot be read, lies outside the workspace or is a control command, or a pattern matches nothing.
 */
async function readQueryFiles(names, files) {
    const guard = await (0,workspace_guard/* workspaceGuardOf */.yL)(files);
    const queries = new Map();
    for (const name of names) {
        for (const path of await pathsOf(name, guard, files)) {
            const query = await readQuery(path, guard, files);
            queries.set(query.file, query);
            if (queries.size > mostQueries)
                throw (0,read_failure/* queryUnreadable */.mo)(`The input verify-queries names more than ${mostQueries} files.`, 'Name fewer files, or join their queries.');
        }
    }
    return [...queries.values()];
}
async function pathsOf(name, guard, files) {
    const segments = name.split('/').filter(segment => segment !== '' && segment !== '.');
    const first = segments.findIndex(isPattern);
    if (first === -1)
        return [name];
    if (name.startsWith('/') || segments.includes('..'))
        throw (0,read_failure/* readFailure */.f1)('outside-workspace', { path: name, as: 'query' });
    const prefix = segments.slice(0, first).join('/');
    const directory = prefix === '' ? guard.resolved : (await (0,workspace_guard/* findFile */.qE)({ path: prefix, as: 'query' }, guard.stated, guard, files)).path;
    const found = await matchFiles(segments.slice(first), directory, files).catch((error) => {
        if (!(error instanceof TooManyFiles))
            throw error;
        throw (0,read_failure/* queryUnreadable */.mo)(`The pattern ${(0,parse_error/* quoted */.T)(name, 300)} covers too many files and directories.`, 'Name a directory that holds only queries.');
    });
    const queries = found.filter(isQueryFile);
    if (queries.length > 0)
        return queries.map(each => (prefix === '' ? each : `${prefix}/${each}`));
    throw (0,read_failure/* queryUnreadable */.mo)(`No file in the workspace matches ${(0,parse_error/* quoted */.T)(name, 300)}.`, "Run actions/checkout before this step, or correct the input verify-queries: paths and patterns of .kql files, relative to the repository's root.");
}
function isQueryFile(name) {
    return /\.kql$/i.test(name);
}
async function readQuery(path, guard, files) {
    const naming = { path, as: 'query' };
    const found = await (0,workspace_guard/* findFile */.qE)(naming, guard.stated, guard, files);
    if (!isQueryFile(found.name)) {
        throw (0,read_failure/* queryUnreadable */.mo)(`${(0,parse_error/* quoted */.T)(path, 300)} is not a .kql file.`, 'Name files whose names end in .kql: nothing else is sent to the cluster.');
    }
    const { text } = await (0,workspace_guard/* readText */.yR)(found, guard, files, read_failure/* SIZE_LIMIT */.uE, asItIs);
    if (text.kind !== 'text')
        throw (0,read_failure/* readFailure */.f1)(text.kind, naming, text.detail);
    const problem = problemOf(text.text);
    if (problem !== undefined)
        throw notQuery(found.name, problem);
    return { file: found.name, text: text.text };
}
function asItIs(text) {
    return text;
}
/** Says why a text is no query, in a clause; undefined where it may be one. */
function problemOf(text) {
    const first = firstCharacter(text);
    if (first === '')
        return 'is empty';
    return first === '.' ? 'begins with a control command, and only queries are sent' : undefined;
}
/** The first character that is no white space and in no comment. */
function firstCharacter(text) {
    for (let index = 0; index < text.length; index++) {
        if (text.startsWith('//', index)) {
            const end = text.indexOf('\n', index);
            if (end === -1)
                return '';
            index = end;
        }
        else if (text.charAt(index).trim() !== '')
            return text.charAt(index);
    }
    return '';
}
function notQuery(file, problem) {
    return (0,read_failure/* queryUnreadable */.mo)(`The query file ${(0,parse_error/* quoted */.T)(file, 300)} ${problem}.`, 'Correct the file: it holds one query, such as: print passed = true');
}
//# sourceMappingURL=query-file.js.map

/***/ })

};
