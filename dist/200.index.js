export const id = 200;
export const ids = [200];
export const modules = {

/***/ 6200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nodeTools: () => (/* binding */ nodeTools)
});

// UNUSED EXPORTS: toolVariable

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
// EXTERNAL MODULE: ./build/src/network/transport.js + 3 modules
var transport = __webpack_require__(9072);
// EXTERNAL MODULE: ./build/src/json.js
var json = __webpack_require__(4715);
;// CONCATENATED MODULE: ./build/src/requirements/index-facts/html-anchors.js
const ATTRIBUTE = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;
/** As many are read of one tag; those of the simple API have five. */
const MOST_ATTRIBUTES = 20;
/**
 * Finds the anchors of a page, from its beginning to its end, once: no text makes it go back. What is no anchor is passed
 * over, comments with all that is in them.
 */
function* anchorsIn(html) {
    for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
        if (html.startsWith('<!--', at)) {
            at = html.indexOf('-->', at + '<!--'.length);
            if (at === -1)
                return;
        }
        else if (/^<a\s/i.test(html.slice(at, at + 3))) {
            const anchor = new Map();
            at += 2;
            for (let count = 0; count < MOST_ATTRIBUTES; count++) {
                ATTRIBUTE.lastIndex = at;
                const match = ATTRIBUTE.exec(html);
                if (match === null)
                    break;
                at = ATTRIBUTE.lastIndex;
                const [, name = '', double, single, bare] = match;
                const key = name.toLowerCase();
                if (!anchor.has(key))
                    anchor.set(key, withoutReferences(double ?? single ?? bare ?? ''));
            }
            yield anchor;
        }
        else
            at++;
    }
}
const CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
/** A text of HTML as it is meant: `&gt;=3.10` is `>=3.10`. */
function withoutReferences(text) {
    return text.replace(REFERENCE, (_, decimal, hexadecimal, name = '') => {
        if (decimal === undefined && hexadecimal === undefined)
            return CHARACTERS[String(name).toLowerCase()] ?? '';
        const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
        return code > 0x10ffff ? '�' : String.fromCodePoint(code).toWellFormed();
    });
}
//# sourceMappingURL=html-anchors.js.map
// EXTERNAL MODULE: ./build/src/requirements/grammar/named-requirement.js
var named_requirement = __webpack_require__(6739);
// EXTERNAL MODULE: ./build/src/requirements/grammar/version.js
var grammar_version = __webpack_require__(8220);
;// CONCATENATED MODULE: ./build/src/requirements/index-facts/distribution-file.js


/** Of a file, in characters: wheels for many platforms have a hundred and some. */
const LONGEST_NAME = 300;
const WHEEL = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+-[^-]+-[^-]+)\.whl$/i;
const SOURCE = /\.(?:zip|tar\.(?:gz|bz2|xz|lz|lzma)|tgz|tbz|txz|tlz|tar)$/i;
/** Reads version and tags from a file's name; undefined for what pip passes over: eggs, installers, other projects. */
function parseFileName(name, project) {
    if (name.length > LONGEST_NAME)
        return undefined;
    const [, wheelOf = '', wheelVersion = '', tags] = WHEEL.exec(name) ?? [];
    if (tags !== undefined) {
        const isOurs = (0,named_requirement/* normalizedName */.j8)(wheelOf) === project && (0,grammar_version/* isVersion */.l)(wheelVersion);
        return isOurs ? { version: wheelVersion, wheelTags: tags.toLowerCase() } : undefined;
    }
    const suffix = SOURCE.exec(name);
    if (suffix === null)
        return undefined;
    // Names of projects hold hyphens, and so do old versions: only the project's own name tells where it ends.
    const stem = name.slice(0, suffix.index);
    for (let hyphen = stem.indexOf('-'); hyphen !== -1; hyphen = stem.indexOf('-', hyphen + 1)) {
        if ((0,named_requirement/* normalizedName */.j8)(stem.slice(0, hyphen)) !== project)
            continue;
        const version = stem.slice(hyphen + 1);
        return (0,grammar_version/* isVersion */.l)(version) ? { version, wheelTags: undefined } : undefined;
    }
    return undefined;
}
//# sourceMappingURL=distribution-file.js.map
;// CONCATENATED MODULE: ./build/src/requirements/index-facts/project-page.js



/** Lists the forms of a page that can be read: the simple API as JSON, or else as HTML. */
const acceptedTypes = 'application/vnd.pypi.simple.v1+json, text/html;q=0.1';
/** The largest projects have 5,000 files; of a page with more, nothing is known. */
const MOST_FILES = 20_000;
/** Of `Requires-Python` and of a reason, in characters. */
const LONGEST_TEXT = 300;
/**
 * Reads a project's page of the simple API, as JSON (PEP 691) or HTML (PEP 503). Undefined where it is neither, where it
 * has too many files, or where it is HTML that names no file: a page to sign in looks like that.
 *
 * @param contentType as the index gives it
 * @param project its normalised name
 */
function parseProjectPage(text, contentType, project) {
    const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
    if (type === 'application/vnd.pypi.simple.v1+json') {
        const page = (0,json/* objectIn */.D7)((0,json/* parseJson */.qF)(text));
        return Array.isArray(page?.['files']) ? filesOf((0,json/* listIn */.Of)(page['files']).map(listedInJson), project) : undefined;
    }
    if (type !== 'text/html' && type !== 'application/vnd.pypi.simple.v1+html')
        return undefined;
    const files = filesOf(listedInHtml(text), project);
    return files?.length === 0 ? undefined : files;
}
function filesOf(listed, project) {
    const files = [];
    let count = 0;
    for (const { name, requiresPython, yanked } of listed) {
        if (++count > MOST_FILES)
            return undefined;
        const parsed = typeof name === 'string' ? parseFileName(name, project) : undefined;
        if (parsed === undefined)
            continue;
        const reason = typeof yanked === 'string' ? inOneLine(yanked) : yanked === true ? '' : undefined;
        const python = typeof requiresPython === 'string' ? inOneLine(requiresPython) : '';
        files.push({ ...parsed, requiresPython: python === '' ? undefined : python, yanked: reason });
    }
    return files;
}
function listedInJson(value) {
    const file = (0,json/* objectIn */.D7)(value);
    return { name: file?.['filename'], requiresPython: file?.['requires-python'], yanked: file?.['yanked'] };
}
function* listedInHtml(text) {
    for (const anchor of anchorsIn(text)) {
        const [path = ''] = (anchor.get('href') ?? '').split(/[?#]/, 1);
        yield {
            name: decoded(path.slice(path.lastIndexOf('/') + 1)),
            requiresPython: anchor.get('data-requires-python'),
            yanked: anchor.get('data-yanked'),
        };
    }
}
function inOneLine(text) {
    return text
        .slice(0, LONGEST_TEXT)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim();
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
//# sourceMappingURL=project-page.js.map
;// CONCATENATED MODULE: ./build/src/requirements/index-facts/read-index.js


/** Requests of one reader. */
const MOST_REQUESTS = 10;
/** Milliseconds that a page may take. */
const TIME_LIMIT = 15_000;
/** Bytes of a page; those of the largest projects have 2 MiB. */
const LONGEST_PAGE = 8 * 1024 * 1024;
/**
 * Makes a reader of a package index: one GET for each project, no redirect followed. It throws what `send` throws, but for
 * {@link NoResponseError}.
 *
 * @param indexUrl of the simple API, perhaps with a user name and a password, which go into a header and nowhere else;
 *   undefined where it is not known.
 */
function createIndexReader(indexUrl, send, signal) {
    const index = indexUrl === undefined ? undefined : readableIndex(indexUrl);
    const listings = new Map();
    let isSilent = false;
    return async (project) => {
        if (index === undefined)
            return unknown('it is not known which package index was used, or it is not reached by https');
        const before = listings.get(project);
        if (before !== undefined)
            return await before;
        if (isSilent)
            return unknown('the package index did not answer before');
        if (listings.size === MOST_REQUESTS)
            return unknown(`the package index was asked ${MOST_REQUESTS} times already`);
        const listing = readProject(project, index, send, signal).catch((error) => {
            if (!(error instanceof transport/* NoResponseError */.hg))
                throw error;
            // Another fifteen seconds for each package would help nobody.
            isSilent = true;
            return unknown(`the package index did not answer for ${project}`);
        });
        listings.set(project, listing);
        return await listing;
    };
}
function readableIndex(indexUrl) {
    if (!URL.canParse(indexUrl))
        return undefined;
    const url = new URL(indexUrl);
    if (url.protocol !== 'https:')
        return undefined;
    const headers = { accept: acceptedTypes };
    if (url.username !== '' || url.password !== '') {
        const credentials = credentialsOf(url);
        if (credentials === undefined)
            return undefined;
        headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
    }
    return { url: `${url.origin}${url.pathname.replace(/\/?$/, '/')}`, headers };
}
function credentialsOf({ username, password }) {
    try {
        return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    }
    catch {
        return undefined;
    }
}
async function readProject(project, { url, headers }, send, signal) {
    const request = { method: 'GET', url: `${url}${encodeURIComponent(project)}/`, headers };
    const reply = await send({ ...request, limit: TIME_LIMIT, longest: LONGEST_PAGE }, signal);
    if (reply.status === 404)
        return { kind: 'no-project' };
    if (reply.status !== 200)
        return unknown(`the package index answered HTTP ${reply.status} for ${project}`);
    const files = parseProjectPage(reply.text, reply.header('content-type') ?? '', project);
    return files === undefined ? unknown(`the page of ${project} cannot be read`) : { kind: 'files', files };
}
function unknown(why) {
    return { kind: 'unknown', why };
}
/** The default index of uv: https://docs.astral.sh/uv/concepts/indexes/ */
const DEFAULT_INDEX = 'https://pypi.org/simple/';
/** What has uv look in other places as well, or in others instead. */
const ELSEWHERE = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'UV_CONFIG_FILE', 'UV_FIND_LINKS'];
/** Tells whether a variable gives uv credentials that are not in the URL of the index: `UV_INDEX_NAME_PASSWORD`, or a file of them. */
function holdsCredentials(name) {
    return name === 'NETRC' || /^UV_INDEX_.+_(?:USERNAME|PASSWORD)$/.test(name);
}
/** Tells which index uv asks, by its environment; undefined where it may be several, or credentials are elsewhere. It may hold a password. */
function uvIndexUrl(variables) {
    if (ELSEWHERE.some(name => variables[name]))
        return undefined;
    if (Object.keys(variables).some(name => holdsCredentials(name) && variables[name]))
        return undefined;
    const url = variables['UV_DEFAULT_INDEX'] || variables['UV_INDEX_URL'] || DEFAULT_INDEX;
    // An index may have a name: `mirror=https://…`.
    return url.trim().replace(/^[\w.-]{1,100}=/, '');
}
//# sourceMappingURL=read-index.js.map
// EXTERNAL MODULE: ./build/src/programs/environment.js + 1 modules
var environment = __webpack_require__(1040);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/node-tools.js






/** Returns the tools of this machine. @param runnerTemp the runner's directory for files that nobody needs after the job. */
function nodeTools({ environment, find, run }, runnerTemp, send) {
    return {
        clock: clock/* systemClock */.ml,
        environment: () => environment(toolVariable),
        indexReader: (variables, signal) => createIndexReader(uvIndexUrl(variables), send, signal),
        find,
        run,
        withDirectory: use => withDirectory(runnerTemp, use),
    };
}
async function readUpTo(file, limit) {
    return (await (0,promises_.stat)(file)).size > limit ? undefined : (0,promises_.readFile)(file, 'utf8');
}
async function withDirectory(runnerTemp, use) {
    const base = runnerTemp !== undefined && external_node_path_.isAbsolute(runnerTemp) ? runnerTemp : (0,external_node_os_.tmpdir)();
    const directory = await (0,promises_.mkdtemp)(external_node_path_.join(base, 'requirements-'));
    try {
        return await use({
            path: directory,
            write: (name, text) => (0,promises_.writeFile)(external_node_path_.join(directory, name), text),
            read: (name, limit) => readUpTo(external_node_path_.join(directory, name), limit).catch(() => undefined),
        });
    }
    finally {
        // A file that a killed tool still holds on Windows is left to the runner, which empties its directory itself.
        await (0,promises_.rm)(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
}
/** Which index the runner uses, and how it gets there: what its owner set up, and often the only way out. */
const indexVariable = (0,environment/* variableKinds */.Qr)({
    addresses: [
        'PIP_INDEX_URL',
        'PIP_EXTRA_INDEX_URL',
        'UV_DEFAULT_INDEX',
        'UV_INDEX',
        'UV_INDEX_URL',
        'UV_EXTRA_INDEX_URL',
    ],
    place: [
        'PIP_CONFIG_FILE',
        'PIP_CERT',
        'PIP_CLIENT_CERT',
        'UV_CONFIG_FILE',
        'UV_PYTHON_INSTALL_DIR',
        'SSL_CLIENT_CERT',
        'NETRC',
    ],
    text: [
        'PIP_TRUSTED_HOST',
        'PIP_PROXY',
        'UV_INDEX_STRATEGY',
        'UV_INSECURE_HOST',
        'UV_NATIVE_TLS',
        'UV_SYSTEM_CERTS',
        'UV_HTTP_TIMEOUT',
        'UV_HTTP_RETRIES',
    ],
});
/** Credentials of a named index: https://docs.astral.sh/uv/reference/environment/#uv_index_name_password */
const INDEX_CREDENTIAL = /^UV_INDEX_[A-Z0-9_]{1,100}_(?:USERNAME|PASSWORD)$/;
/** Settings of uv, pip and Python that would change what they resolve, or have them run other code. */
const SETTING = /^(?:PIP_|PYTHON|UV_|XDG_)/;
/** Returns what of the step's environment uv and pip may have. @internal */
const toolVariable = name => (0,environment/* systemVariable */.aI)(name) ??
    indexVariable(name) ??
    (INDEX_CREDENTIAL.test(name) ? 'text' : SETTING.test(name) ? 'withheld' : undefined);
//# sourceMappingURL=node-tools.js.map

/***/ })

};
