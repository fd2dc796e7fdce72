export const id = 839;
export const ids = [839];
export const modules = {

/***/ 839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   nodeTools: () => (/* binding */ nodeTools)
/* harmony export */ });
/* unused harmony export toolVariable */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8179);
/* harmony import */ var _programs_environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7334);





/** Returns the tools of this machine. @param runnerTemp the runner's directory for files that nobody needs after the job. */
function nodeTools({ environment, find, run }, runnerTemp) {
    return {
        clock: _clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .ml,
        environment: () => environment(toolVariable),
        find,
        run,
        withDirectory: use => withDirectory(runnerTemp, use),
    };
}
async function readUpTo(file, limit) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file)).size > limit ? undefined : (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
}
async function withDirectory(runnerTemp, use) {
    const base = runnerTemp !== undefined && node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute(runnerTemp) ? runnerTemp : (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)();
    const directory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(base, 'requirements-'));
    try {
        return await use({
            path: directory,
            write: (name, text) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(directory, name), text),
            read: (name, limit) => readUpTo(node_path__WEBPACK_IMPORTED_MODULE_2__.join(directory, name), limit).catch(() => undefined),
        });
    }
    finally {
        // A file that a killed tool still holds on Windows is left to the runner, which empties its directory itself.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
}
/** Which index the runner uses, and how it gets there: what its owner set up, and often the only way out. */
const indexVariable = (0,_programs_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .variableKinds */ .Qr)({
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
const toolVariable = name => (0,_programs_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .systemVariable */ .aI)(name) ??
    indexVariable(name) ??
    (INDEX_CREDENTIAL.test(name) ? 'text' : SETTING.test(name) ? 'withheld' : undefined);
//# sourceMappingURL=node-tools.js.map

/***/ })

};
