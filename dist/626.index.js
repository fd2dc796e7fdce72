export const id = 626;
export const ids = [626];
export const modules = {

/***/ 4626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   keepComment: () => (/* binding */ keepComment)
/* harmony export */ });
/* harmony import */ var _actions_github__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2413);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7279);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4715);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2866);
/* harmony import */ var _network_transport_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9072);





/** Trying again does not help. */
class Refused extends Error {
}
const tries = 4;
/**
 * Brings the comment up to date: updates the one that is there, makes one where there is none and one is wanted, and
 * leaves never a second one. Only comments of the token's own are looked at, for anybody may write a marker in theirs, and
 * of those only such as begin with it: many share the token of a job, and quote what stands on the page.
 * After an answer that was lost it looks again before it repeats anything.
 * @throws {NoResponseError} when GitHub gave no useful answer, again and again.
 */
async function keepComment(comment, access) {
    if (!access.apiUrl.startsWith('https://')) {
        return { as: 'refused', why: `the API at ${access.apiUrl} is not reached by https` };
    }
    const query = queryThrough(access);
    const { clock, signal } = access;
    try {
        return { as: await (0,_network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .retryWithBackoff */ .ZB)(() => keepOnce(comment, query), tries, clock, signal) };
    }
    catch (error) {
        if (error instanceof Refused)
            return { as: 'refused', why: error.message };
        throw error;
    }
}
/** A pull request has at most 2,500 comments, which is 25 pages: more pages than this are a circle. */
const mostPages = 100;
async function keepOnce(comment, query) {
    const { subject, own } = await ownComments(comment, query);
    if (own.length === 0) {
        if (!comment.create)
            return 'not made';
        await query(addition, { subject, body: comment.body });
        // Another run may have done the same at the same moment: the first one stays.
        const after = await ownComments(comment, query);
        await keepFirst(after.own, comment.body, query);
        return 'created';
    }
    return (await keepFirst(own, comment.body, query)) ? 'updated' : 'unchanged';
}
/** Lets the first of the comments say this, and removes the others; tells whether anything was to be done. */
async function keepFirst([first, ...others], body, query) {
    for (const { id } of others)
        await query(deletion, { id }).catch(unlessGone);
    if (first === undefined || first.isCurrent)
        return others.length > 0;
    await query(update, { id: first.id, body });
    return true;
}
/** Someone else, the other run for one, has removed it. */
function unlessGone(error) {
    if (!(error instanceof Refused) || !/could not resolve to a node/i.test(error.message))
        throw error;
}
/** The pull request, and the comments on it of this token that begin with the marker, from the first page to the last. */
async function ownComments({ repository, pullRequest, marker, body: wanted }, query) {
    const [owner, name] = repository.split('/');
    const own = [];
    let after = null;
    for (let pages = 0; pages < mostPages; pages++) {
        const data = await query(listing, { owner, name, number: pullRequest, after });
        const found = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(data['repository'])?.['pullRequest']);
        const subject = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textIn */ .r7)(found?.['id']);
        const page = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(found?.['comments']);
        if (subject === undefined || page === undefined)
            throw new _network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .NoResponseError */ .hg('GitHub answered without the pull request');
        for (const node of (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .listIn */ .Of)(page['nodes'])) {
            const { id: named, body, viewerDidAuthor } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(node) ?? {};
            const id = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .wordIn */ .u9)(named);
            if (viewerDidAuthor !== true || id === undefined || typeof body !== 'string')
                continue;
            if (body.startsWith(marker))
                own.push({ id, isCurrent: body === wanted });
        }
        const { hasNextPage, endCursor } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(page['pageInfo']) ?? {};
        const next = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textIn */ .r7)(endCursor);
        if (hasNextPage !== true || next === undefined || next === after)
            return { subject, own };
        after = next;
    }
    throw new Refused(`the list of its comments has more than ${mostPages} pages`);
}
const listing = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(first: 100, after: $after) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
const addition = `mutation ($subject: ID!, $body: String!) {
  addComment(input: { subjectId: $subject, body: $body }) { commentEdge { node { id } } }
}`;
const update = `mutation ($id: ID!, $body: String!) {
  updateIssueComment(input: { id: $id, body: $body }) { issueComment { id } }
}`;
const deletion = `mutation ($id: ID!) {
  deleteIssueComment(input: { id: $id }) { clientMutationId }
}`;
/** GitHub's API, whose passing errors are distinguished from lasting ones. */
function queryThrough({ apiUrl, token, send, signal }) {
    const quiet = () => undefined;
    const octokit = (0,_actions_github__WEBPACK_IMPORTED_MODULE_0__/* .getOctokit */ .Q)(token, {
        baseUrl: apiUrl,
        userAgent: 'kusto-sandbox-image',
        request: { fetch: (0,_network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .fetchThrough */ .sL)(send, signal) },
        // It would print by itself, past src/github/log.ts.
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
    return async (text, variables) => {
        const data = await octokit.graphql(text, { ...variables }).catch((error) => {
            signal.throwIfAborted();
            throw meaningOf(error);
        });
        const object = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(data);
        if (object === undefined)
            throw new _network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .NoResponseError */ .hg('GitHub answered without data');
        return object;
    };
}
/** Characters of the API's words that are shown. */
const mostTold = 1_000;
/** What an error of the API means: that GitHub refuses, or that it has a bad moment. */
function meaningOf(error) {
    const { errors, status, cause, message, response } = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(error) ?? {};
    // Nothing was sent, nor would it be the next time: the proxy cannot be used.
    if (cause instanceof _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR)
        return cause;
    if (cause instanceof Error)
        return new _network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .NoResponseError */ .hg((0,_format_js__WEBPACK_IMPORTED_MODULE_4__/* .truncate */ .xv)(cause.message, mostTold));
    if (Array.isArray(errors)) {
        const [first] = errors.map(each => (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(each));
        const words = (0,_format_js__WEBPACK_IMPORTED_MODULE_4__/* .truncate */ .xv)((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textIn */ .r7)(first?.['message']) ?? 'an error without a message', mostTold);
        const type = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textIn */ .r7)(first?.['type']) ?? '';
        const isRefused = ['FORBIDDEN', 'NOT_FOUND', 'UNPROCESSABLE', 'INSUFFICIENT_SCOPES'].includes(type);
        return isRefused ? new Refused(words) : new _network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .NoResponseError */ .hg(words);
    }
    if (typeof status !== 'number')
        return error instanceof Error ? error : new Error(String(error));
    const words = (0,_format_js__WEBPACK_IMPORTED_MODULE_4__/* .truncate */ .xv)(`HTTP ${status}${typeof message === 'string' ? `, ${message}` : ''}`, mostTold);
    const seconds = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .objectIn */ .D7)(response)?.['headers'])?.['retry-after'];
    const retryAfter = typeof seconds === 'string' && /^\d{1,3}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
    const passes = (0,_network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .isTransient */ .dg)(status) || retryAfter !== undefined || /rate limit/i.test(words);
    return passes ? new _network_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .NoResponseError */ .hg(words, retryAfter) : new Refused(words);
}
//# sourceMappingURL=sticky-comment.js.map

/***/ })

};
