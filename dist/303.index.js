export const id = 303;
export const ids = [303];
export const modules = {

/***/ 2303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nodeTools: () => (/* binding */ nodeTools)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
// EXTERNAL MODULE: ./build/src/programs/environment.js
var environment = __webpack_require__(7334);
;// CONCATENATED MODULE: ./build/src/requirements/resolver/tool-variables.js

/** Which index the runner uses, and how it gets there: what its owner set up, and often the only way out. */
const indexVariable = (0,environment/* kindsOf */.tG)({
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
/** Settings of uv, pip and Python that would have them answer another question, or run other code. */
const SETTING = /^(?:PIP_|PYTHON|UV_|XDG_)/;
/** What of the step's environment uv and pip may have. */
const toolVariable = name => (0,environment/* systemVariable */.aI)(name) ??
    indexVariable(name) ??
    (INDEX_CREDENTIAL.test(name) ? 'text' : SETTING.test(name) ? 'withheld' : undefined);
//# sourceMappingURL=tool-variables.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolver/node-tools.js





/** This machine. @param runnerTemp the runner's directory for files that nobody needs after the job. */
function nodeTools({ environment, find, run }, runnerTemp) {
    return {
        clock: clock/* systemClock */.m,
        environment: () => environment(toolVariable),
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
//# sourceMappingURL=node-tools.js.map

/***/ })

};
